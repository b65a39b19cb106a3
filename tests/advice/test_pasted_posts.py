"""Whole posts as they come from other websites: every fault of each is found, and no other.

The sentences are new; the faults are those of real posts that were pasted into this site's folder.
"""

from __future__ import annotations

from sitegen.advice import access, copy
from sitegen.advice.reading import Post
from tests import sites
from tests.advice.typed import TODAY, told, typed


def advised(post: Post) -> list[str]:
    """All that is advised, in the order of the file, each without its line."""
    found = [*access.check(post), *copy.check(post, TODAY)]
    found.sort(key=lambda p: (p.line, p.column))
    return [line.partition(" ")[2] for line in told(found, post)]


def test_a_story_from_a_list_of_stories() -> None:
    """A breadcrumb, teasers of other stories, a list that was lost, and speech that was run on."""
    body = """\
Home >> news >> Pharmacies join forces

Seven pharmacies have set up a group to speak with one voice. The benefits include:

Sam Example, who owns a pharmacy in the old town and chairs the group, said:

“We have talked about this for years. “Now we do it, and patients will notice.”

Volunteers plant two hundred trees round the car park of the general hospital…

A cold morning did not keep forty people from digging, and by noon the first row was…
"""
    assert advised(typed(sites.post(body))) == [
        "pasted: Home >> news >> Pharmacies join forces",
        "colon-without-list: The benefits include:",
        "quotation-open: “",
        "cut-off: …",
        "cut-off: …",
    ]


def test_a_newspaper_report() -> None:
    """Advertisements, a caption thrice, a day without a year, and times that were near once."""
    body = """\
This article contains affiliate links. We may earn a commission when you buy something.

A porter at workA porter at work
A porter at work

In November the council asked for a second opinion.

Hide Ad
Hide Ad

The committee, which met on Thursday (Mar 7), could not agree.
"""
    assert advised(typed(sites.post(body, date="2019-03-09"))) == [
        "pasted: This article contains affiliate links",
        "doubled-line: A porter at workA porter at work",
        "doubled-line: A porter at work",
        "relative-date: In November",
        "pasted: Hide Ad",
        "pasted: Hide Ad",
        "no-year: Thursday (Mar 7)",
    ]


def test_a_survey_from_a_newspaper() -> None:
    """A link that lost its address, straight marks among curly ones, and a label with no list."""
    body = """\
Four clinics may become one.
Watch more of our videos on Clips!
Visit Clips! now

Dr Ann Example said: “Tell us what you think.

"We will read every answer.

“Nothing has been decided.”

Answer the survey by clicking here. It is open until 1 June 2026.

Related topics:
"""
    text = sites.consultation("2026-05-01", "2026-06-01", body)
    assert advised(typed(text, "consultations/a.md")) == [
        "pasted: Watch more of our videos on Clips!",
        "pasted: Visit Clips! now",
        'mixed-marks: "We will read every answer.',
        "link-text: clicking here",
        "pasted: Related topics:",
    ]


def test_an_explainer_that_nobody_kept_up() -> None:
    """One heading twice, and a colon at its end; a promise that nobody kept."""
    body = """\
## What is planned?

'Shorter waits' means:

- more evening clinics

## How we will know:

- Fewer people wait for ‘too long’

## Food at school

More details will follow in late spring 2024.

## How we will know:

- Fewer children are hungry
"""
    assert advised(typed(sites.explainer(body), "explainers/a.md")) == [
        "mixed-marks: 'Shorter waits'",
        "heading-colon: :",
        "stale-promise: late spring 2024",
        "same-heading: How we will know:",
        "heading-colon: :",
    ]


def test_a_blog_post_in_haste() -> None:
    """A full stop in the title, a word twice, one that only sounds right, and "this month"."""
    body = """\
It is a story that we here from you all too often.

The board has this month made a promise, and waits may become more more unequal.
"""
    post = typed(sites.blog(body, title="Services must talk.", date="2024-10-28"), "blog/a.md")
    assert advised(post) == [
        "title-stop: .",
        "sounds-alike: here from you",
        "relative-date: this month",
        "repeated-word: more",
    ]
