"""What the preview adds to every page: a script that loads it anew, and how its faults look."""

EVENTS, SCRIPT, STYLE = "/_sitegen/events", "/_sitegen/reload.js", "/_sitegen/preview.css"

RELOAD = """\
"use strict";
// Loads the page again when it changes. Only pages that are seen listen: a browser keeps few
// connections to one server, and tabs in the background would use them up.
(() => {
  const shown = document.currentScript.dataset.epoch;
  let source = null;
  let timer = 0;
  const hush = () => {
    clearTimeout(timer);
    if (source) source.close();
  };
  const listen = () => {
    hush();
    source = new EventSource("/_sitegen/events");
    source.onmessage = (event) => {
      if (event.data === shown) return;
      hush();
      location.reload();
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(listen, 1000);
    };
  };
  const attend = () => (document.hidden ? hush() : listen());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", hush);
  addEventListener("pageshow", (event) => { if (event.persisted) attend(); });
  attend();
})();
"""
LOOKS = """\
.sitegen-notice, .sitegen-notice * { all: revert; }
.sitegen-notice {
  position: sticky; inset-block-start: 0; z-index: 2147483647; box-sizing: border-box;
  max-height: 60vh; overflow: auto; padding: .75rem 1rem; color-scheme: light;
  background: #fff8e1; color: #1a1a1a; border-block-end: 4px solid #8a6100;
  font: 1rem/1.5 system-ui, sans-serif; text-align: start;
}
.sitegen-notice[role="alert"] { background: #fdecec; border-color: #b00020; }
.sitegen-notice h2, .sitegen-notice summary { font-size: 1.125rem; font-weight: 700; margin: 0; }
.sitegen-notice p { margin: .25rem 0; }
.sitegen-notice pre {
  margin: .5rem 0 0; font: .9375rem/1.5 ui-monospace, Consolas, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
@media print { .sitegen-notice { display: none; } }
"""
