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
    style(value) {
      page.dataset.style = value;
      for (const node of document.querySelectorAll(".cite [data-style]")) node.hidden = node.dataset.style !== value;
    },
  };

  function switches() {
    for (const bar of document.querySelectorAll(".toolbar, .styles")) bar.hidden = false;
    for (const name of Object.keys(apply)) {
      const inputs = [...document.querySelectorAll(`input[name="${name}"]`)];
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

  /* What a link shows: a card of the page, how a passage is cited, or the text of a note. */
  function contentOf(link) {
    if (link.matches(".number")) return citing(link);
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

  /* -- citations ------------------------------------------------------------------------------ */

  const cite = document.querySelector(".cite");

  /* The citation of a passage: its frame, with the gaps filled. */
  function citation(cell, style) {
    const frames = [...document.getElementById("passages").content.children];
    const frame = frames.find((node) => node.dataset.frame === cell.dataset.frame && node.dataset.style === style);
    if (!frame) return null;
    const copy = frame.cloneNode(true);
    const values = (cell.dataset.values || cell.closest(".row").id).split(" ");
    for (const gap of copy.querySelectorAll("[data-gap]")) {
      gap.replaceWith(gap.dataset.gap === "anchor" ? encodeURIComponent(cell.id) : values[gap.dataset.gap - 1]);
    }
    copy.normalize();
    return copy;
  }

  /* The card of a number: the passage in each version shown, in the form that the reader chose. */
  function citing(link) {
    const cells = [...link.parentNode.querySelectorAll(":scope > .cell[data-frame]")].filter((cell) => cell.getClientRects().length);
    if (!cite || !cells.length) return null;
    const content = make("div", { class: "citing" }, make("p", { class: "card-name" }, link.getAttribute("aria-label")));
    const choice = cite.querySelector(".styles");
    const select = make("select", {});
    for (const input of choice.querySelectorAll("input")) {
      const option = make("option", { value: input.value }, input.parentNode.textContent.trim());
      option.selected = input.checked;
      select.append(option);
    }
    if (select.length > 1) content.append(make("label", {}, choice.querySelector("legend").textContent, " ", select));
    const list = make("div", {});
    const names = cite.querySelectorAll("h3");
    const fill = () => {
      list.replaceChildren();
      for (const cell of cells) {
        const shown = citation(cell, select.value);
        if (!shown) continue;
        const name = names[/version-(\d+)/.exec(cell.className)[1] - 1];
        if (name) list.append(make("p", { class: "card-other" }, name.textContent));
        list.append(shown, copier(shown));
      }
    };
    select.addEventListener("change", () => {
      const input = [...choice.querySelectorAll("input")].find((node) => node.value === select.value);
      input.checked = true;
      input.dispatchEvent(new Event("change"));
      fill();
      place();
    });
    fill();
    const address = make("span", { class: "address" }, link.href);
    content.append(list, make("p", { class: "card-link" }, address, copier(address, cite.dataset.copyLink)));
    return content;
  }

  /* A button that copies what an element shows, with its italics, and says that it did. */
  function copier(node, words) {
    const label = words || cite.dataset.copy;
    const button = make("button", { type: "button", class: "copy" }, label);
    const said = make("span", { role: "status" });
    button.addEventListener("click", () => {
      const selection = window.getSelection();
      const range = document.createRange();
      range.selectNodeContents(node);
      selection.removeAllRanges();
      selection.addRange(range);
      /* The older way, as it works on pages from a folder and from any server. Where it is refused,
         the text stays selected, to be copied by hand. */
      if (!document.execCommand("copy")) return;
      selection.removeAllRanges();
      said.textContent = cite.dataset.copied;
      setTimeout(() => { said.textContent = ""; }, 2500);
    });
    return make("span", { class: "copying" }, button, said);
  }

  function citations() {
    if (!cite) return;
    for (const shown of cite.querySelectorAll("dd > .citation")) shown.after(copier(shown));
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
    const under = window.innerHeight - from.bottom;
    card.style.maxHeight = "";
    const below = card.offsetHeight + 12 < under || under > from.top;
    card.style.maxHeight = `${Math.max(120, (below ? under : from.top) - 12)}px`;
    const y = below ? from.bottom + 6 : from.top - card.offsetHeight - 6;
    /* Its places count from whatever block around it is positioned. */
    card.style.left = "0";
    card.style.top = "0";
    const origin = card.getBoundingClientRect();
    card.style.left = `${x - origin.left}px`;
    card.style.top = `${y - origin.top}px`;
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

  const carded = (node) => node instanceof Element && node.closest("a[data-entity], sup.call > a, a.correction, a.number");

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

  citations();
  switches();
  cards();
})();
