/* Comforts of a document page: switches that remember, cards at names and notes. Without this
   script everything is there: both versions, the corrected text, links to notes and indexes. */
"use strict";

(function () {
  const page = document.documentElement;

  /* -- switches ------------------------------------------------------------------------------- */

  const store = {
    get(key) { try { return localStorage.getItem(`teikit-${key}`); } catch (error) { return null; } },
    set(key, value) { try { localStorage.setItem(`teikit-${key}`, value); } catch (error) { /* not kept then */ } },
  };

  const apply = {
    view(value) { page.dataset.view = value; },
    reading(value) { page.dataset.reading = value; },
  };

  function switches() {
    const bar = document.querySelector(".toolbar");
    if (!bar) return;
    bar.hidden = false;
    for (const name of Object.keys(apply)) {
      const inputs = [...bar.querySelectorAll(`input[name="${name}"]`)];
      if (!inputs.length) continue;
      const kept = store.get(name);
      const chosen = inputs.find((input) => input.value === (kept || page.dataset[name])) || inputs[0];
      chosen.checked = true;
      apply[name](chosen.value);
      for (const input of inputs) {
        input.addEventListener("change", () => {
          const stay = anchorInView();
          apply[name](input.value);
          store.set(name, input.value);
          if (stay) window.scrollBy(0, stay.row.getBoundingClientRect().top - stay.top);
        });
      }
    }
  }

  /* The row at the top of the window stays where it is when the others change their height. */
  function anchorInView() {
    for (const row of document.querySelectorAll(".row")) {
      const box = row.getBoundingClientRect();
      if (box.bottom > 0 && box.height) return { row, top: box.top };
    }
    return null;
  }

  /* -- cards ---------------------------------------------------------------------------------- */

  let card = null;
  let owner = null;
  let closing = 0;
  let quiet = false;

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  /* What a link shows: a card of the page, or the text of a note. */
  function contentOf(link) {
    const key = link.dataset.entity;
    if (key) {
      const found = [...document.querySelectorAll("[data-card]")].find((node) => node.dataset.card === key);
      if (!found) return null;
      const copy = found.cloneNode(true);
      copy.removeAttribute("data-card");
      turns(link, key, copy);
      return copy;
    }
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return null;
    const copy = make("div", { lang: (target.closest("[lang]") || page).lang });
    copy.append(...[...target.cloneNode(true).childNodes]);
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
    for (const node of copy.querySelectorAll(".back")) node.remove();
    return copy;
  }

  /* The mentions before and after on this page replace those of other documents. */
  function turns(link, key, copy) {
    const same = [...document.querySelectorAll("#text a[data-entity]")].filter((node) => node.dataset.entity === key && node.getClientRects().length);
    const at = same.indexOf(link);
    const turn = copy.querySelector(".card-turn");
    for (const [name, other] of [["before", same[at - 1]], ["after", same[at + 1]]]) {
      if (!other || at < 0 || !turn) continue;
      const button = make("button", { type: "button", class: name }, labelled(name));
      button.addEventListener("click", () => { hide(); other.scrollIntoView({ block: "center" }); other.focus({ preventScroll: true }); });
      const stated = turn.querySelector(`.${name}`);
      if (stated) stated.replaceWith(button);
      else if (name === "before") turn.prepend(button);
      else turn.append(button);
    }
    if (turn && !turn.children.length) turn.remove();
  }

  function labelled(name) {
    const text = document.querySelector(".cards");
    return (text && text.dataset[name]) || (name === "before" ? "←" : "→");
  }

  function show(link) {
    clearTimeout(closing);
    if (owner === link) return;
    hide();
    const content = contentOf(link);
    if (!content) return;
    content.classList.add("card");
    content.id = "card";
    content.setAttribute("role", "note");
    card = content;
    owner = link;
    link.setAttribute("aria-describedby", "card");
    /* Beside its link in the order of the page, so that Tab leads into it. */
    (link.closest("sup") || link).after(card);
    place();
    card.addEventListener("mouseenter", () => clearTimeout(closing));
    card.addEventListener("mouseleave", later);
    card.addEventListener("focusout", left);
  }

  function place() {
    const from = owner.getBoundingClientRect();
    const width = Math.min(380, window.innerWidth - 24);
    card.style.width = `${width}px`;
    const x = Math.max(12, Math.min(from.left, window.innerWidth - width - 12));
    card.style.left = `${x + window.scrollX}px`;
    const below = from.bottom + card.offsetHeight + 12 < window.innerHeight;
    const y = below ? from.bottom + 6 : Math.max(6, from.top - card.offsetHeight - 6);
    card.style.top = `${y + window.scrollY}px`;
  }

  function hide() {
    clearTimeout(closing);
    if (!card) return;
    owner.removeAttribute("aria-describedby");
    card.remove();
    card = null;
    owner = null;
  }
  function later() { clearTimeout(closing); closing = setTimeout(hide, 250); }
  function left(event) {
    const next = event.relatedTarget;
    if (card && next && (card.contains(next) || next === owner)) return;
    later();
  }

  const carded = (node) => node instanceof Element && node.closest("a[data-entity], sup.call > a, a.correction");

  function cards() {
    const text = document.querySelector("main");
    if (!text) return;
    let opening = 0;
    text.addEventListener("mouseover", (event) => {
      const link = carded(event.target);
      if (!link || (card && card.contains(event.target))) return;
      clearTimeout(opening);
      opening = setTimeout(() => show(link), 180);
    });
    text.addEventListener("mouseout", (event) => {
      if (!carded(event.target)) return;
      clearTimeout(opening);
      later();
    });
    text.addEventListener("focusin", (event) => {
      const link = carded(event.target);
      if (link && !quiet && !(card && card.contains(event.target)) && link.matches(":focus-visible")) show(link);
    });
    text.addEventListener("focusout", left);
    /* On a touch screen the first tap shows the card, and the second follows the link. */
    let touched = false;
    text.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; });
    text.addEventListener("click", (event) => {
      const link = carded(event.target);
      if (!link || !touched || (card && card.contains(event.target)) || owner === link) return;
      event.preventDefault();
      show(link);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !card) return;
      const back = card.contains(document.activeElement) ? owner : null;
      hide();
      quiet = true;  /* the focus comes back to the link, and the card stays away */
      if (back) back.focus();
      quiet = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (card && !card.contains(event.target) && !owner.contains(event.target)) hide();
    });
  }

  switches();
  cards();
})();
