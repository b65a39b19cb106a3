"""Building again: whatever was edited or lost between, output/ is what a clean build makes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from sitegen.report import Report
from tests.sites import (
    CONFIG,
    NOW,
    PLAIN,
    TAGS,
    blog,
    build,
    clean,
    consultation,
    explainer,
    make_site,
    page,
    post,
    put,
    tree,
)
from tests.trials import trials

ALWAYS = "content/news/alpha.md"  # others refer to it
CARD = "templates/components/card.html"
TEMPLATES = {
    **PLAIN,
    **dict.fromkeys(
        [name for name in PLAIN if name.startswith("templates/kinds/")],
        "<title>{{ page.title }}</title>{{ site.notice }}{{ page.body }}\n",
    ),
    "templates/list.html": "{{ page.title }}{% include 'components/card.html' %}{{ site.alert }}\n",
    CARD: "<p>{{ page.intro }}\n",
    "templates/assets/css/a.css": "p { color: #111111 }\n",
}
NOWS = ["2026-06-01", NOW, "2026-06-30 23:59", "2026-07-01", "2026-09-01", "2027-01-01"]
NAMES = st.sampled_from(["alpha", "beta", "gamma"])
DAYS = st.sampled_from(["2026-05-01", "2026-05-02", "2026-06-20", "2026-08-01"])
Fields = dict[str, str | None]
FIELDS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["One", "Two & three", "Four"]),
        "tags": st.sampled_from(["[dentistry]", "[pharmacy, hospital]", "[teeth]"]),
        "draft": st.sampled_from(["false", "false", "true"]),
    }
)
MORE = st.fixed_dictionaries(
    {
        "expiry_date": st.sampled_from([None, None, "2026-08-15"]),
        "updated": st.sampled_from([None, None, "2026-09-01"]),
        "aliases": st.sampled_from([None, None, "[/old/]"]),
    }
)
TEXTS = st.builds(
    "Words {}.\n\nThe GP said {}.\n\n## Part\n\n[Tags](/tags/), [part](#part).".format,
    st.integers(0, 2),
    st.integers(0, 9),
)


class Site(RuleBasedStateMachine):
    """A site that is edited and built, in any order, by somebody who keeps no rule."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.root = self.folder / "site"
        self.now = NOW
        self.edits = 0  # since the last build

    def teardown(self) -> None:
        """The folder goes."""
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """One post that others refer to."""
        make_site(self.root, {**TEMPLATES, ALWAYS: post("Always there.")})
        self.edits = 1

    # Edits.

    def put(self, files: dict[str, str | bytes | None]) -> None:
        """Files are saved, and not built yet."""
        put(self.root, files)
        self.edits += 1

    def others(self) -> list[str]:
        """The posts that may go."""
        paths = sorted((self.root / "content").rglob("*.md"))
        return [n for p in paths if (n := p.relative_to(self.root).as_posix()) != ALWAYS]

    @rule(name=NAMES, day=DAYS, fields=FIELDS, more=MORE, text=TEXTS)
    def write(self, name: str, day: str, fields: Fields, more: Fields, text: str) -> None:
        """A dated post is written, or written anew."""
        aliases = more["aliases"] and f"[/old/{name}/]"
        fields = {**fields, **more, "aliases": aliases, "date": day}
        self.put({f"content/blog/{name}.md": blog(text, **fields)})

    @rule(name=NAMES, closes=st.sampled_from(["2026-06-30", "2026-08-31"]), fields=FIELDS)
    def consult(self, name: str, closes: str, fields: Fields) -> None:
        """A consultation is."""
        self.put({f"content/consultations/{name}.md": consultation("2026-06-01", closes, **fields)})

    @rule(name=NAMES, fields=FIELDS, text=TEXTS)
    def explain(self, name: str, fields: Fields, text: str) -> None:
        """A page that lists the posts of a tag, and one that stands alone."""
        self.put(
            {
                f"content/explainers/{name}.md": explainer(text, **fields, follows="dentistry"),
                f"content/pages/{name}.md": page(text, title=fields["title"]),
            }
        )

    @rule(chance=st.randoms(use_true_random=False))
    def remove(self, chance: Random) -> None:
        """A post goes."""
        if names := self.others():
            self.put({chance.choice(names): None})

    @rule(
        chance=st.randoms(use_true_random=False),
        to=st.sampled_from(["d.md", "2026/e.md", "z/index.md"]),
    )
    def rename(self, chance: Random, to: str) -> None:
        """A post gets another name, perhaps in another folder of its kind, or is a bundle."""
        if names := self.others():
            old = chance.choice(names)
            new = f"content/{old.split('/')[1]}/{to}"
            if new not in names:
                self.put({new: (self.root / old).read_bytes(), old: None})

    @rule(
        more=st.sampled_from(
            [
                "",
                "page_size: 2\n",
                "feed_size: 1\n",
                "notice: Hello\n",
                "language: cy\n",
                "alert: {title: Hot, from: 2026-06-15, until: 2026-06-30}\n",
            ]
        )
    )
    def set_up(self, more: str) -> None:
        """config.yaml changes."""
        self.put({"config.yaml": CONFIG + more})

    @rule(label=st.sampled_from(["Dentistry", "Dentists", "Teeth and gums"]))
    def relabel(self, label: str) -> None:
        """A shared fact changes."""
        self.put({"content/tags.yaml": TAGS.replace("label: Dentistry", f"label: {label}")})

    @rule(
        name=st.sampled_from(["templates/list.html", CARD, "templates/assets/css/a.css"]),
        is_old=st.booleans(),
    )
    def design(self, name: str, is_old: bool) -> None:
        """A template or a style changes, or is as it was."""
        self.put({name: TEMPLATES[name] + ("" if is_old else "\n\n")})

    @rule(now=st.sampled_from(NOWS))
    def wait(self, now: str) -> None:
        """It is another moment, later or earlier."""
        self.now = now
        self.edits += 1

    # Harm.

    @rule(
        what=st.sampled_from(
            [".sitegen", ".sitegen/spare", "output", "output/index.html", "output/news"]
        )
    )
    def lose(self, what: str) -> None:
        """Something of what the last build left is lost."""
        path = self.root / what
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        self.edits += 1

    @rule(name=st.sampled_from(["stray", "index.html", "news/index.html"]))
    def tamper(self, name: str) -> None:
        """A file of output/ is another, or is one too many."""
        if (self.root / "output" / name).parent.is_dir():
            put(self.root, {f"output/{name}": "tampered"})
        self.edits += 1

    @rule(mode=st.sampled_from([0o600, 0o644, 0o444]))
    def chmod(self, mode: int) -> None:
        """The rights of files change; what is in them does not."""
        for path in [
            *(self.root / "content").rglob("*.md"),
            *(self.root / "output").rglob("*.html"),
        ]:
            path.chmod(mode)
        self.edits += 1

    @rule()
    def touch(self) -> None:
        """Every file is saved again as it is."""
        for path in (self.root / "content").rglob("*.md"):
            os.utime(path, ns=(10**18, 10**18))

    # Builds.

    def built(self, **options: object) -> Report:
        """Build, and find nothing at fault."""
        report = build(self.root, self.now, **options)
        assert not report.stopped, report.problems
        return report

    @rule()
    def look(self) -> None:
        """A build to somewhere else, as for a preview, leaves what is here alone."""
        self.built(output=self.folder / "elsewhere", base_url="https://example.org/preview/")

    @rule(force=st.booleans())
    def build(self, force: bool) -> None:
        """Made anew is only what may be another; byte for byte it is what a clean build makes."""
        before = tree(self.root / "output") if (self.root / "output").is_dir() else {}
        report = self.built(force=force)
        found = tree(self.root / "output")
        assert found == clean(self.root, self.folder / "clean", self.now)
        changed = {path for path, data in found.items() if before.get(path) != data}
        assert changed <= {str(path) for path in report.made} <= found.keys()
        self.edits = 0

    @invariant()
    def up_to_date(self) -> None:
        """After a few edits the site is built; and what was just built is not built again."""
        if self.edits > 2:
            self.build(force=False)
        elif not self.edits:
            assert self.built().nothing_to_do


def test_any_edits_end_as_a_clean_build() -> None:
    """Byte for byte, whatever was edited, lost or built between; and then nothing is left to do."""
    run_state_machine_as_test(Site, settings=trials(12, stateful_step_count=20))
