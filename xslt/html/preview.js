/* Only in a preview (teikit serve): shows a page anew when it has changed, where it was, and says
   what keeps it from changing. What it is told is shown as text and never read as markup. */
"use strict";

(function () {
  const own = document.currentScript;
  const { page, version } = own.dataset;
  const KEY = "teikit-preview";

  /* -- the same place after a reload ---------------------------------------------------------- */

  function keep() {
    let place = null;
    for (const node of document.querySelectorAll("main [id]")) {
      const box = node.getBoundingClientRect();
      if (box.bottom <= 0 || !box.height) continue;
      place = { id: node.id, top: box.top };
      if (box.top >= 0) break; /* else what begins inside it is nearer */
    }
    const focus = document.activeElement ? document.activeElement.id : "";
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ page, place, focus, y: window.scrollY }));
      history.scrollRestoration = "manual";
    } catch (error) { /* then the browser finds the place as well as it can */ }
  }

  function restore(kept) {
    const node = kept.place && document.getElementById(kept.place.id);
    const by = node ? node.getBoundingClientRect().top - kept.place.top : kept.y - window.scrollY;
    if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: "instant" });
    const focused = kept.focus && document.getElementById(kept.focus);
    if (focused) focused.focus({ preventScroll: true });
  }

  function taken() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return kept && kept.page === page ? kept : null;
    } catch (error) {
      return null;
    }
  }

  const kept = taken();
  if (kept) {
    restore(kept);
    /* Switches and typeface may have moved it since. The browser looks once more, after the event
       that the page is loaded, whether to go where the old page was: until then the place is ours. */
    window.addEventListener("load", () => {
      restore(kept);
      document.fonts.ready.then(() => setTimeout(() => {
        restore(kept);
        history.scrollRestoration = "auto";
      }));
    });
  }

  /* -- what is wrong -------------------------------------------------------------------------- */

  function make(name, text, ...children) {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    node.append(...children);
    return node;
  }

  const style = make("link");
  style.rel = "stylesheet";
  style.href = "/.teikit/preview.css";
  document.head.append(style);

  const banner = make("section");
  banner.id = "teikit-preview";
  banner.lang = "en";
  banner.setAttribute("aria-label", "Preview");
  const said = make("div");
  said.setAttribute("role", "status");
  banner.append(said);
  document.body.append(banner);
  new ResizeObserver(() => {
    /* The end of the page, and what has the focus, are never behind the banner. */
    const height = said.childNodes.length ? `${banner.offsetHeight}px` : "";
    document.documentElement.style.scrollPaddingBottom = height;
    document.body.style.paddingBottom = height;
  }).observe(banner);

  function finding(error) {
    const item = make("li", "", make("p", "", make("b", error.place), `: ${error.message} [${error.code}]`));
    if (error.expected.length) item.append(make("p", `expected: ${error.expected.join(", ")}`));
    for (const hint of error.hints) item.append(make("p", `hint: ${hint}`));
    return item;
  }

  let shown = "[[],0]";
  function tell(errors, total) {
    const now = JSON.stringify([errors, total]);
    if (now === shown) return;
    shown = now;
    if (!errors.length) {
      said.replaceChildren();
      return;
    }
    const count = total === 1 ? "1 error" : `${total} errors`;
    const list = make("ol", "", ...errors.map(finding));
    if (total > errors.length) list.append(make("li", `and ${total - errors.length} more: see the terminal`));
    list.tabIndex = 0;
    list.setAttribute("aria-label", "Errors");
    const details = make("details", "", make("summary", `${count}: this page is as it was before`), list);
    details.open = true;
    said.replaceChildren(details);
  }

  /* -- news ----------------------------------------------------------------------------------- */

  let events = null;

  function listen() {
    if (events || document.hidden) return;
    events = new EventSource(`/.teikit/events?page=${encodeURIComponent(page)}`);
    events.onmessage = (message) => {
      const news = JSON.parse(message.data);
      if (news.version !== version) {
        rest();
        keep();
        location.reload();
        return;
      }
      tell(news.errors, news.total);
    };
  }

  /* A browser has few connections to one server: pages that nobody sees leave theirs to others. */
  function rest() {
    if (events) events.close();
    events = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
})();
