/* The search of the site. It works from a folder (file:) as from a server: the index and the texts
   are scripts that call teikit.index(…) and teikit.texts(…). docs/site.md describes the data. */
"use strict";

var teikit = window.teikit || {};
window.teikit = teikit;

(function () {
  /* -- letters and words: as teikit.folding has them ------------------------------------------ */

  const MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7" +
    "\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f";
  const CLUSTER = new RegExp(`[^][${MARKS}]*`, "gu");
  const MARK = new RegExp(`^[${MARKS}]`, "u");
  const ONLY_MARKS = new RegExp(`^[${MARKS}]+$`, "u");
  const OWN = new Set("йїў");
  const SAME = new Map(Object.entries({
    "ё": "е", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i",
    "ŧ": "t",
  }));
  for (const char of "’‘‛ʼʹ′`") SAME.set(char, "'");
  for (const char of "«»“”„‟‹›〝〞") SAME.set(char, '"');
  for (const char of "‐‑‒–—―−") SAME.set(char, "-");
  const ALONE = { "´": "'", "″": '"' };
  const known = new Map();

  /* Full case folding: what toLowerCase leaves as it is. */
  function caseless(text) {
    return text.replace(/[ẞß]/gu, "ss").toLowerCase().replace(/ς/gu, "σ");
  }

  function foldCluster(cluster) {
    if (known.has(cluster)) return known.get(cluster);
    let out = "";
    const first = String.fromCodePoint(cluster.codePointAt(0));
    if (ALONE[first]) {
      out = ALONE[first];
    } else {
      for (const char of caseless(cluster.normalize("NFKC")).normalize("NFC")) {
        if (SAME.has(char)) out += SAME.get(char);
        else if (OWN.has(char)) out += char;
        else if (!MARK.test(char) && !/^\p{Cf}$/u.test(char)) {
          const apart = [...char.normalize("NFD")];
          const bare = apart.length > 1 && ONLY_MARKS.test(apart.slice(1).join(""));
          out += bare ? SAME.get(apart[0]) || apart[0] : char;
        }
      }
    }
    known.set(cluster, out);
    return out;
  }

  function fold(text) {
    return (text.match(CLUSTER) || []).map(foldCluster).join("");
  }

  /* The words of a text, folded, each with where it stands in the original. */
  function words(text) {
    let folded = "";
    const starts = [], ends = [];
    for (const match of text.matchAll(CLUSTER)) {
      const piece = foldCluster(match[0]);
      for (let i = 0; i < piece.length; i += 1) {
        starts.push(match.index);
        ends.push(match.index + match[0].length);
      }
      folded += piece;
    }
    return [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
      word: match[0],
      start: starts[match.index],
      end: ends[match.index + match[0].length - 1],
    }));
  }

  /* -- the index ------------------------------------------------------------------------------ */

  let index = null;
  let texts = null;
  const waiting = { index: [], texts: [] };

  teikit.index = function (data) {
    for (const lang of Object.keys(data.words)) {
      const [forms, cut, places] = data.words[lang];
      const table = {
        forms: forms ? forms.split(" ") : [],
        places: places ? places.split(" ") : [],
        stems: [],
        byStem: new Map(),
        endings: new Set([""]),
      };
      table.forms.forEach((form, i) => {
        const stem = typeof cut[i] === "number" ? form.slice(0, cut[i]) : cut[i];
        table.stems.push(stem);
        if (form.startsWith(stem)) table.endings.add(form.slice(stem.length));
        const group = table.byStem.get(stem);
        if (group) group.push(i); else table.byStem.set(stem, [i]);
      });
      data.words[lang] = table;
    }
    index = data;
    waiting.index.splice(0).forEach((go) => go());
  };
  teikit.texts = function (data) {
    texts = data;
    waiting.texts.splice(0).forEach((go) => go());
  };

  function load(name) {
    return new Promise((resolve, reject) => {
      if (name === "index" ? index : texts) { resolve(); return; }
      waiting[name].push(resolve);
      if (waiting[name].length > 1) return;
      const script = document.createElement("script");
      script.src = `${teikit.root || ""}search-${name}.js`;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /* Places of a form: passage → positions. */
  function placesOf(text, into) {
    let passage = 0;
    for (const part of text.split(",")) {
      const numbers = part.split(".").map((digits) => parseInt(digits, 36));
      passage += numbers[0];
      let position = 0;
      const found = into.get(passage) || into.set(passage, new Set()).get(passage);
      for (const step of numbers.slice(1)) {
        position += step;
        found.add(position);
      }
    }
    return into;
  }

  /* First place in a sorted list that is not before a string. Python sorts by code point. */
  function lower(forms, wanted) {
    let low = 0, high = forms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(forms[middle], wanted)) low = middle + 1; else high = middle;
    }
    return low;
  }
  function before(a, b) {
    const left = [...a], right = [...b];
    for (let i = 0; i < left.length && i < right.length; i += 1) {
      const one = left[i].codePointAt(0), two = right[i].codePointAt(0);
      if (one !== two) return one < two;
    }
    return left.length < right.length;
  }

  /* The forms of a language that a word of a query means, by their numbers. */
  function forms(table, word, exact) {
    const at = lower(table.forms, word.text);
    const found = [];
    if (word.open) {
      for (let i = at; i < table.forms.length && table.forms[i].startsWith(word.text); i += 1) found.push(i);
      return found;
    }
    if (table.forms[at] === word.text) return exact ? [at] : table.byStem.get(table.stems[at]);
    if (exact) return found;
    /* A form that no text has: a stem that some has, with an ending that others have. */
    for (let cut = word.text.length; cut >= 3; cut -= 1) {
      const stem = word.text.slice(0, cut);
      if (table.byStem.has(stem) && table.endings.has(word.text.slice(cut))) return table.byStem.get(stem);
    }
    return found;
  }

  /* -- queries -------------------------------------------------------------------------------- */

  /* A query is terms; a term is words that follow each other. Words in quotation marks are meant
     letter for letter, others in all their forms; a star stands for any ending. */
  function parse(text) {
    const terms = [];
    fold(text).split('"').forEach((piece, place) => {
      const quoted = place % 2 === 1;
      const found = (piece.match(/[\p{L}\p{N}]+\*?/gu) || []).map((word) => ({
        text: word.replace("*", ""),
        open: word.endsWith("*"),
      }));
      if (!found.length) return;
      if (quoted) terms.push({ words: found, exact: true });
      else for (const word of found) terms.push({ words: [word], exact: false });
    });
    return terms;
  }

  /* Passage → positions of the words that a term hits. */
  function hits(term) {
    const found = new Map();
    for (const table of Object.values(index.words)) {
      const steps = term.words.map((word) => {
        const places = new Map();
        for (const form of forms(table, word, term.exact)) placesOf(table.places[form], places);
        return places;
      });
      for (const [passage, positions] of steps[0]) {
        for (const position of positions) {
          const whole = steps.every((places, i) => (places.get(passage) || new Set()).has(position + i));
          if (!whole) continue;
          const into = found.get(passage) || found.set(passage, new Set()).get(passage);
          steps.forEach((_, i) => into.add(position + i));
        }
      }
    }
    return found;
  }

  /* Those whom a query names: every word of it stands in one of their spellings. */
  function named(terms) {
    const wanted = terms.flatMap((term) => term.words);
    if (!wanted.length) return [];
    const found = [];
    index.entities.forEach((entity, number) => {
      let best = 0;
      for (const spelling of entity[3]) {
        const parts = spelling.match(/[\p{L}\p{N}]+/gu) || [];
        const all = wanted.every((word) =>
          parts.some((part) => (word.open ? part.startsWith(word.text) : part === word.text)));
        if (all) best = Math.max(best, parts.length === wanted.length ? 2 : 1);
      }
      if (best) found.push({ number, entity, best });
    });
    return found.sort((a, b) => b.best - a.best || a.number - b.number);
  }

  /* What a query finds. Without words, whatever the filters leave. */
  function find(text, filters) {
    const terms = parse(text);
    const people = named(terms);
    const found = new Map();
    if (terms.length) {
      const sets = terms.map(hits);
      for (const [passage, positions] of sets[0]) {
        if (!sets.every((set) => set.has(passage))) continue;
        const all = new Set(positions);
        sets.forEach((set) => set.get(passage).forEach((position) => all.add(position)));
        found.set(passage, { positions: all, names: [] });
      }
      /* Who is named by any spelling is found in every language. */
      const whole = people.filter((item) => item.best === 2);
      for (const { number } of whole) {
        index.passages.forEach((passage, place) => {
          if (!passage[5].includes(number)) return;
          const entry = found.get(place) || found.set(place, { positions: new Set(), names: [] }).get(place);
          entry.names.push(number);
        });
      }
    } else {
      index.passages.forEach((_, place) => found.set(place, { positions: new Set(), names: [] }));
    }
    const results = [...found].map(([place, entry]) => ({ place, passage: index.passages[place], ...entry }))
      .sort((a, b) => a.place - b.place);
    return { terms, people, results: results.filter((item) => passes(item.passage, filters)), all: results };
  }

  function passes(passage, filters) {
    const [version, , , lang, note, entities, years] = passage;
    return (!filters.document || index.documents[index.versions[version][0]].id === filters.document) &&
      (!filters.language || lang === filters.language) &&
      (!filters.year || years.includes(Number(filters.year))) &&
      (filters.notes !== false || !note) &&
      ["person", "place", "org", "work", "event"].every((kind) =>
        !filters[kind] || entities.includes(Number(filters[kind])));
  }

  /* Forms of the corpus that somebody may have meant: the same beginning, or nearly the same letters. */
  function suggestions(terms) {
    const found = [];
    for (const word of terms.flatMap((term) => term.words)) {
      if (Object.values(index.words).some((table) => forms(table, word, false).length)) continue;
      const near = [];
      for (const table of Object.values(index.words)) {
        for (let cut = word.text.length; cut >= Math.max(3, word.text.length - 3); cut -= 1) {
          const head = word.text.slice(0, cut);
          const at = lower(table.forms, head);
          for (let i = at; i < table.forms.length && table.forms[i].startsWith(head) && near.length < 400; i += 1) {
            near.push([distance(table.forms[i], word.text) + 0.1, table.forms[i]]);
          }
          if (near.length) break;
        }
        for (const form of table.forms) {
          if (Math.abs(form.length - word.text.length) <= 2 && form.length > 3) {
            const far = distance(form, word.text);
            if (far <= (word.text.length > 6 ? 2 : 1)) near.push([far, form]);
          }
        }
      }
      near.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
      found.push({ word: word.text, forms: [...new Set(near.map((item) => item[1]))].slice(0, 6) });
    }
    return found;
  }

  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  }

  teikit.search = { fold, words, parse, find, suggestions, load, data: () => ({ index, texts }) };

  /* -- the page ------------------------------------------------------------------------------- */

  const KINDS = ["person", "place", "org", "work", "event"];
  const MANY = 40;
  let labels = {};
  let shown = MANY;

  const label = (key) => labels[key] || key;
  const counted = (key, count) => label(key).replace("{n}", String(count));

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== "" && value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  const language = () => document.documentElement.lang || "en";
  const nameIn = (names) => names[language()] || Object.values(names)[0] || "";
  const titleOf = (place) => nameIn(index.documents[place].titles);
  const address = (passage) => {
    const group = index.documents[index.versions[passage[0]][0]];
    return `${group.page}#${encodeURIComponent(passage[2])}`;
  };

  /* The words around the hits, as much as a line or two. */
  function snippet(place, positions, names) {
    const text = texts[place];
    const found = words(text);
    let marks = [...positions].sort((a, b) => a - b).map((i) => found[i]).filter(Boolean);
    if (!marks.length && names.length) marks = mentioned(found, names);
    const first = marks.length ? marks[0].start : 0;
    const start = first > 110 ? text.indexOf(" ", first - 90) + 1 : 0;
    const near = marks.filter((mark) => mark.end - start < 260);
    const limit = near.length ? near[near.length - 1].end + 90 : start + 200;
    const stop = limit >= text.length ? text.length : text.lastIndexOf(" ", limit);
    const end = stop > start ? stop : limit;
    const out = make("p", { class: "snippet", lang: index.passages[place][3] }, start ? "… " : "");
    let at = start;
    for (const mark of near) {
      if (mark.start < at) continue;
      out.append(text.slice(at, mark.start), make("mark", {}, text.slice(mark.start, mark.end)));
      at = mark.end;
    }
    out.append(text.slice(at, end), end < text.length ? " …" : "");
    return out;
  }

  /* Where a text spells a name, when that is why it was found. */
  function mentioned(found, names) {
    for (const number of names) {
      for (const spelling of index.entities[number][3]) {
        const parts = spelling.match(/[\p{L}\p{N}]+/gu) || [];
        for (let i = 0; parts.length && i + parts.length <= found.length; i += 1) {
          if (parts.every((part, j) => found[i + j].word === part)) return found.slice(i, i + parts.length);
        }
      }
    }
    return [];
  }

  function filtersOf(form) {
    const filters = { notes: form.elements.notes ? form.elements.notes.checked : true };
    for (const name of ["document", "language", "year", ...KINDS]) {
      if (form.elements[name]) filters[name] = form.elements[name].value;
    }
    return filters;
  }

  /* Fill the lists to choose from, each with how many of the passages found it would leave. */
  function fill(form, result) {
    const filters = filtersOf(form);
    const without = (name) => result.all.filter((item) => passes(item.passage, { ...filters, [name]: "" }));
    const tally = (name, keys, shown, sorted) => {
      const select = form.elements[name];
      if (!select) return;
      const counts = new Map();
      for (const item of without(name)) for (const key of keys(item.passage)) counts.set(key, (counts.get(key) || 0) + 1);
      const chosen = select.value;
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
      const order = [...counts].sort(sorted || ((a, b) => b[1] - a[1] || (shown(a[0]) < shown(b[0]) ? -1 : 1)));
      select.replaceChildren(select.options[0], ...order.map(([key, count]) =>
        make("option", { value: key }, `${shown(key)} (${count})`)));
      select.value = chosen;
    };
    const place = (passage) => index.versions[passage[0]][0];
    const byKey = (a, b) => (a[0] < b[0] ? -1 : 1);
    tally("document", (p) => [index.documents[place(p)].id], (id) =>
      titleOf(index.documents.findIndex((item) => item.id === id)), byKey);
    tally("language", (p) => [p[3]], (lang) => label(`language-${lang}`).replace(/^language-/, ""));
    tally("year", (p) => p[6].map(String), (year) => year, byKey);
    for (const kind of KINDS) {
      tally(kind, (p) => p[5].filter((n) => index.entities[n][0] === kind).map(String),
        (n) => nameIn(index.entities[n][2]));
    }
  }

  function names(people) {
    return people.slice(0, 12).map(({ number, entity }) => {
      const count = index.passages.filter((passage) => passage[5].includes(number)).length;
      return make("li", {},
        make("a", { href: entity[1] }, nameIn(entity[2])),
        ` — ${label(entity[0])}, ${counted("in-passages", count)}`);
    });
  }

  /* No result is a dead end: other words, fewer words, no filters. */
  function help(form, text, result) {
    const items = [];
    const again = (words, without) => {
      const button = make("button", { type: "button", class: "again" }, words || label("without-filters"));
      button.addEventListener("click", () => {
        if (without) clear(form);
        form.elements.q.value = words || text;
        run(form, true);
        form.elements.q.focus();
      });
      return button;
    };
    if (result.all.length) items.push(make("li", {}, counted("with-filters", result.all.length), " ", again("", true)));
    for (const { word, forms: near } of suggestions(result.terms)) {
      const item = make("li", {}, label("no-word").replace("{word}", word), " ");
      near.forEach((form_) => item.append(again(form_), " "));
      if (near.length) items.push(item);
    }
    if (result.terms.length > 1) {
      const item = make("li", {}, label("fewer-words"), " ");
      for (const term of result.terms) item.append(again(term.words.map((word) => word.text + (word.open ? "*" : "")).join(" ")), " ");
      items.push(item);
    }
    items.push(make("li", {}, label("see-indexes"), " ", ...[...document.querySelectorAll("nav.indexes a")]
      .flatMap((link, i) => [i ? ", " : "", make("a", { href: link.getAttribute("href") }, link.textContent)])));
    return make("div", { class: "nothing" }, make("p", {}, label("nothing")), make("ul", {}, ...items));
  }

  function clear(form) {
    for (const name of ["document", "language", "year", ...KINDS]) if (form.elements[name]) form.elements[name].value = "";
    if (form.elements.notes) form.elements.notes.checked = true;
  }

  async function run(form, remember) {
    const text = form.elements.q.value.trim();
    const status = document.getElementById("search-status");
    const list = document.getElementById("search-results");
    const filtered = Object.entries(filtersOf(form)).some(([key, value]) => key !== "notes" && value);
    status.textContent = label("loading");
    try {
      await load("index");
      await load("texts");
    } catch (error) {
      status.textContent = label("not-loaded");
      return;
    }
    if (remember) store(form);
    const result = find(text, filtersOf(form));
    fill(form, result);
    if (!text && !filtered) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    const documents = new Set(result.results.map((item) => index.versions[item.passage[0]][0]));
    status.textContent = counted("found", result.results.length).replace("{d}", String(documents.size));
    const out = [];
    if (result.people.length) {
      out.push(make("section", { class: "found-names" }, make("h2", {}, label("names")), make("ul", {}, ...names(result.people))));
    }
    if (!result.results.length) out.push(help(form, text, result));
    let group = null, items = null;
    for (const item of result.results.slice(0, shown)) {
      const [version, ref, , lang, note] = item.passage;
      const at = index.versions[version][0];
      if (at !== group) {
        group = at;
        items = make("ol", {});
        out.push(make("section", { class: "found" },
          make("h2", {}, make("a", { href: index.documents[at].page }, titleOf(at))), items));
      }
      const named_ = item.names.map((n) => nameIn(index.entities[n][2])).join(", ");
      const head = make("a", { href: address(item.passage) }, ref ? `§ ${ref}` : label("head"));
      items.append(make("li", {},
        make("p", { class: "where" }, head, ` ${label(`language-${lang}`).replace(/^language-/, "")}`,
          note ? `, ${label("note")}` : "", !item.positions.size && named_ ? `, ${named_}` : ""),
        snippet(item.place, item.positions, item.names)));
    }
    if (result.results.length > shown) {
      const more = make("button", { type: "button" }, counted("more", result.results.length - shown));
      more.addEventListener("click", () => { shown += MANY * 5; run(form, false); });
      out.push(make("p", { class: "more" }, more));
    }
    list.replaceChildren(...out);
  }

  /* The query in the address, so that a search can be bookmarked and Back works. */
  function store(form) {
    const state = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value && !(key === "notes")) state.set(key, String(value));
    if (form.elements.notes && !form.elements.notes.checked) state.set("notes", "no");
    const text = state.toString();
    try {
      history.replaceState(null, "", text ? `?${text}` : location.pathname);
    } catch (error) {
      location.hash = text;  /* a page of a folder may not change its address otherwise */
    }
  }

  function restore(form) {
    const state = new URLSearchParams(location.search || location.hash.slice(1));
    for (const [key, value] of state) {
      const field = form.elements[key];
      if (!field) continue;
      if (key === "notes") field.checked = value !== "no";
      else {
        if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) {
          field.append(make("option", { value }, value));
        }
        field.value = value;
      }
    }
  }

  function start() {
    const form = document.getElementById("search");
    if (!form) return;
    const stated = document.getElementById("search-labels");
    if (stated) labels = JSON.parse(stated.textContent);
    restore(form);
    form.addEventListener("submit", (event) => { event.preventDefault(); shown = MANY; run(form, true); });
    form.addEventListener("change", () => { shown = MANY; run(form, true); });
    let later = 0;
    form.elements.q.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(() => { shown = MANY; run(form, true); }, 200);
    });
    form.addEventListener("reset", () => setTimeout(() => run(form, true)));
    run(form, false);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
