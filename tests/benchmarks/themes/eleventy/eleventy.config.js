// Collections: all posts, newest first; the same by subject, year and month.
const footnote = require("markdown-it-footnote");

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const day = (date) => date.toISOString().slice(0, 10);
const newest = (api) => api.getFilteredByTag("post").reverse();

function groups(posts, keysOf) {
  const found = new Map();
  for (const post of posts) {
    for (const key of keysOf(post)) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(post);
    }
  }
  return [...found].sort().map(([name, posts]) => ({ name, posts }));
}

// Headings get the ids that the contents lead to; a heading that comes twice gets a number.
function headings(md) {
  md.core.ruler.push("headings", (state) => {
    const seen = new Map();
    state.tokens.forEach((token, i) => {
      if (token.type !== "heading_open") return;
      const id = slug(state.tokens[i + 1].content);
      seen.set(id, (seen.get(id) ?? 0) + 1);
      token.attrSet("id", seen.get(id) > 1 ? `${id}-${seen.get(id)}` : id);
    });
  });
}

function contents(html) {
  let text = "", level = 2;
  for (const [, at, id, words] of html.matchAll(/<h([23]) id="([^"]*)">(.*?)<\/h\1>/g)) {
    if (Number(at) > level) text += "<ul>";
    if (Number(at) < level) text += "</ul>";
    level = Number(at);
    text += `<li><a href="#${id}">${words}</a></li>`;
  }
  return text && `<ul>${text}${level > 2 ? "</ul>" : ""}</ul>`;
}

module.exports = (config) => {
  config.amendLibrary("md", (md) => md.use(footnote.default ?? footnote).use(headings));
  config.addPassthroughCopy({ static: "/" });
  config.addFilter("slug", slug);
  config.addFilter("day", day);
  config.addFilter("contents", contents);
  config.addFilter("near", (subjects, name, url) =>
    subjects.find((s) => s.name === name).posts.slice(0, 4).filter((p) => p.url !== url).slice(0, 3));
  config.addCollection("newest", newest);
  config.addCollection("subjects", (api) => groups(newest(api), (p) => p.data.subjects));
  config.addCollection("years", (api) => groups(newest(api), (p) => [day(p.date).slice(0, 4)]));
  config.addCollection("months", (api) => groups(newest(api), (p) => [day(p.date).slice(0, 7)]));
  return { markdownTemplateEngine: false, dir: { output: "public" } };
};
