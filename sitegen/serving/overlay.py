"""What the preview adds to every page: a script that loads it anew, its faults, and a bar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from html import escape

from sitegen import clock, problems
from sitegen.problems import Problem

DASHBOARD, ON = "/_sitegen/", "/_sitegen/on"
EVENTS, LISTENER = "/_sitegen/events", "/_sitegen/listener.js"
SCRIPT, STYLE = "/_sitegen/reload.js", "/_sitegen/preview.css"


def notice(faults: Sequence[Problem], failure: str, *, stopped: bool) -> str:
    """What is wrong, as HTML: what stops a build loudly, warnings to be unfolded."""
    count = problems.counted(faults)
    if failure:
        return _alert("The site can't be built", f'<pre tabindex="0">{escape(failure)}</pre>')
    if stopped:
        return _alert(f"{count} to mend", problems.as_html(faults))
    if not faults:
        return ""
    return (
        '<section class="sitegen-notice" aria-label="Warnings" lang="en" dir="ltr"><details>'
        f"<summary>{escape(count)}</summary>{problems.as_html(faults)}</details></section>"
    )


def _alert(heading: str, inside: str) -> str:
    return (
        '<section class="sitegen-notice" role="alert" aria-label="Faults" lang="en" dir="ltr">'
        "<details open>"
        f"<summary>{escape(heading)}</summary>"
        "<p>Mend this and save. Until then, the last good site is shown, where there is one.</p>"
        f"{inside}</details></section>"
    )


def bar(when: datetime | None, *, back: str, unseen: bool = False) -> str:
    """The bar, as HTML: the way to the dashboard, and to what readers see on a day.

    ``when`` is the moment that is shown, in the site's time zone; None for all that there is now.
    ``back`` is the path of the page; ``unseen`` that readers have no such page then.
    """
    seen = (
        f"<strong>What readers see {moment(when)}</strong>"
        if when
        else "<strong>Preview</strong>, with drafts and scheduled posts"
    )
    value = f' value="{when:%Y-%m-%dT%H:%M}"' if when else ""
    return (
        '<aside class="sitegen-bar" aria-label="Preview" lang="en" dir="ltr">'
        f"<p>{seen}{'. Readers have no such page then.' if unseen else ''}"
        f' <a href="{DASHBOARD}">Dashboard</a></p>'
        f'<form action="{ON}"><input type="hidden" name="back" value="{escape(back)}">'
        '<label>What readers see on <input type="datetime-local" name="on" required'
        f' max="2999-12-31T23:59"{value}></label> <button>Show</button>'
        f"</form>{_everything(back) if when else ''}</aside>"
    )


def moment(when: datetime) -> str:
    """A moment in words. Midnight is said so that nobody takes it for the day's end."""
    day = clock.show_date(when.date())
    return (
        f"at the start of {day}"
        if when.time() == time()
        else (f"on {day}, {clock.show_time(when.time())}")
    )


def _everything(back: str) -> str:
    """The way back to all that there is."""
    return (
        f'<form action="{ON}"><input type="hidden" name="back" value="{escape(back)}">'
        "<button>Show everything, as it is now</button></form>"
    )


LISTEN = """\
"use strict";
// Listens for all tabs at once (a SharedWorker): a browser keeps six connections to one server.
const tabs = new BroadcastChannel("sitegen");
let epoch = "";
const tell = () => { if (epoch) tabs.postMessage(epoch); };
const listen = () => {
  const source = new EventSource("/_sitegen/events");
  source.onmessage = (event) => {
    epoch = event.data;
    tell();
  };
  source.onerror = () => {
    epoch = "";
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};
self.onconnect = tell;
listen();
"""
RELOAD = """\
"use strict";
// Loads the page again when it changes; a page that is not seen, once it is.
(() => {
  const { epoch: shown, on } = document.currentScript.dataset;
  const news = new BroadcastChannel("sitegen");
  const KEPT = "sitegen";
  if (on) {  // the page's own script goes by the day that was chosen
    const real = Date.now, gap = Date.parse(on) - real();
    Date.now = () => real() + gap;
  }
  const reachable = () =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const faults = () => document.querySelector('.sitegen-notice[role="alert"] summary');
  const keep = () => {
    const place = reachable().indexOf(document.activeElement);
    const kept = { path: location.pathname, place, faulty: Boolean(faults()) };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  };
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
    sessionStorage.removeItem(KEPT);
    if (kept.path !== location.pathname) return;
    if (kept.place >= 0) reachable()[kept.place]?.focus({ preventScroll: true });
    const status = document.querySelector(".sitegen-status");
    const words = faults()?.textContent || (kept.faulty ? "Mended" : "");
    if (status && words) setTimeout(() => { status.textContent = words; }, 200);
  };
  const renew = () => {
    keep();
    location.reload();
  };
  let newest = shown;
  const attend = () => {
    if (newest === shown || document.hidden) return;
    const bar = document.querySelector(".sitegen-bar form:focus-within");
    if (bar) bar.addEventListener("focusout", () => setTimeout(attend, 200), { once: true });
    else renew();
  };
  const listen = () => new SharedWorker("/_sitegen/listener.js");
  news.onmessage = (event) => {
    newest = event.data;
    attend();
  };
  document.addEventListener("DOMContentLoaded", restore);
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
"""
LOOKS = """\
.sitegen-notice, .sitegen-notice *, .sitegen-bar, .sitegen-bar * { all: revert; }
.sitegen-notice, .sitegen-bar {
  box-sizing: border-box; position: sticky; z-index: 2147483647; padding: .5rem 1rem;
  color-scheme: light; color: #1a1a1a; font: 1rem/1.5 system-ui, sans-serif; text-align: start;
}
.sitegen-notice {
  inset-block-start: 0; max-height: 40vh; overflow: auto;
  background: #fff8e1; border-block-end: 4px solid #8a6100;
}
.sitegen-notice[role="alert"] { background: #fdecec; border-color: #b00020; }
.sitegen-notice summary { font-size: 1.125rem; font-weight: 700; cursor: pointer; }
.sitegen-notice p { margin: .25rem 0; }
.sitegen-notice > details > pre, .problems pre {
  margin: .25rem 0; font: .9375rem/1.5 ui-monospace, Consolas, monospace; overflow: auto;
}
.sitegen-notice > details > pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.problems { list-style: none; padding: 0; margin: .5rem 0 0; }
.problems li { padding-block: .5rem; border-block-start: 1px solid; }
.problems p { margin: 0; overflow-wrap: anywhere; }
.problems code { font-weight: 700; }
.problems .fix { white-space: pre-wrap; font-family: ui-monospace, monospace; }
.sitegen-bar {
  inset-block-end: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center;
  background: #e8eef7; border-block-start: 4px solid #1f4e8c;
}
.sitegen-bar p, .sitegen-bar form { margin: 0; }
.sitegen-bar a { color: #123c73; margin-inline-start: .75rem; }
.sitegen-bar button, .sitegen-bar input { font: inherit; min-height: 2rem; }
.sitegen-bar :focus-visible, .sitegen-notice :focus-visible {
  outline: 3px solid #1a1a1a; outline-offset: 2px;
}
.sitegen-status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; }
html:has(.sitegen-bar) { scroll-padding-block-end: 12rem; }
html:has(.sitegen-notice details[open]) { scroll-padding-block-start: 42vh; }
.sitegen-dashboard {
  max-inline-size: 60rem; margin: 0 auto; padding: 1rem; color: CanvasText; background: Canvas;
  color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif;
}
.sitegen-dashboard code { font-size: .875rem; overflow-wrap: anywhere; }
.sitegen-dashboard h2 { border-block-end: 2px solid; padding-block-end: .25rem; }
.sitegen-dashboard h2 span { font-weight: 400; }
.sitegen-dashboard summary { cursor: pointer; padding-block: .25rem; }
.sitegen-dashboard :focus-visible { outline: 3px solid; outline-offset: 2px; }
@media print { .sitegen-notice, .sitegen-bar { display: none; } }
"""
