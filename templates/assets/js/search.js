// The search page: Pagefind finds, this shows it in the page's own words. Pagefind is loaded when
// somebody begins to search, or follows a link that does.

const [form, status, advice, list, more, row] =
  ["_search", "_status", "_advice", "_results", "_more", "_row"].map((id) => document.getElementById(id));
const said = form.dataset;
const labels = new Map([...form.querySelectorAll("option")].map((option) => [option, option.text]));
const { lang } = document.documentElement;
let engine, pause, rest, turn = 0;

function pagefind() {
  engine = engine || load();
  engine.catch(() => { engine = null; }); // to be tried again
  return engine;
}

async function load() {
  const found = await import(`${said.index}pagefind.js`);
  await found.options({ baseUrl: "/" });
  await found.filters(); // or there is nothing to count
  return found;
}

async function search() {
  const mine = ++turn;
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history.replaceState(null, "", `${asked}` ? `?${asked}` : location.pathname);
  const { q, sort, ...filters } = Object.fromEntries(asked);
  const slow = setTimeout(() => { status.textContent = said.busy; }, 400);
  let found, items = [], text = "";
  try {
    if (q || Object.keys(filters)[0]) {
      const order = sort || !q ? { day: "desc" } : {};
      found = await (await pagefind()).search(q || null, { filters, sort: order });
      text = tell(found.results.length, q);
      items = await take(found.results);
    }
  } catch (e) {
    text = said.failed;
  }
  clearTimeout(slow);
  if (mine !== turn) return; // asked anew since
  rest = found ? found.results : [];
  list.textContent = "";
  show(items);
  count(found ? found.totalFilters : {});
  advice.hidden = !found || items.length > 0;
  status.textContent = text;
}

const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

function tell(n, query) {
  const plural = new Intl.PluralRules(lang).select(n);
  const found = n ? fill(said[plural] || said.other, { n }) : said.none;
  return query ? fill(said.for, { found, query }) : found;
}

function count(counts) {
  for (const [option, label] of labels) {
    const of = option.value && counts[option.parentNode.name];
    option.text = of ? `${label} (${of[option.value] || 0})` : label;
  }
}

const take = (from) => Promise.all(from.splice(0, 10).map(async (result) => item(await result.data())));

function show(items) {
  list.append(...items);
  more.hidden = !rest.length;
}

function item({ url, meta, excerpt }) {
  const made = row.content.cloneNode(true);
  const [link, kind, time, state, text] = made.querySelectorAll("a, span, time, .excerpt");
  link.href = url;
  link.textContent = meta.title;
  link.lang = text.lang = meta.lang || lang;
  kind.textContent = meta.kind;
  state.textContent = meta.state;
  if (meta.day) {
    time.dateTime = meta.day.replace(/d(....)(..)/, "$1-$2-");
    const date = new Date(time.dateTime);
    time.textContent = date.toLocaleDateString(lang, { dateStyle: "long", timeZone: "UTC" });
  } else time.remove();
  excerpt.split(/<\/?mark>/).forEach((part, i) => {
    const words = text.appendChild(document.createElement(i % 2 ? "mark" : "span"));
    words.textContent = part.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  });
  return made;
}

function soon(wait) {
  clearTimeout(pause);
  pause = setTimeout(search, wait);
}

more.onclick = async () => {
  const mine = turn, items = await take(rest).catch(() => []);
  if (mine !== turn) return;
  if (!items.length) return void (status.textContent = said.failed);
  const first = items[0].querySelector("a");
  show(items);
  first.focus();
};
form.addEventListener("focusin", pagefind, { once: true });
form.oninput = () => soon(250);
form.onsubmit = (event) => {
  event.preventDefault();
  soon(0);
};

const asked = new URLSearchParams(location.search);
for (const field of form.elements) {
  field.value = asked.get(field.name) || "";
  if (field.selectedIndex < 0) field.selectedIndex = 0;
}
document.querySelector("#_noscript").hidden = true;
form.hidden = false;
search();
