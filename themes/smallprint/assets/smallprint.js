// What script adds to a redline page: filters, keys, the current place in the index, and silence for spoken marks.
// Everything can be read without it. All words are in the page; nothing is fetched or sent.
(() => {
  "use strict";

  /** Set up one redline. */
  function setUp(page) {
    const changes = [...page.querySelectorAll(".change:not(.continued)")];
    const index = page.querySelector(".index");
    if (!index || !changes.length) return;
    const entries = new Map([...index.querySelectorAll("nav a")].map((link) => [idOf(link), link.parentElement]));
    const settings = index.querySelector(".keys");
    const filters = index.querySelector(".filters");
    for (const form of [settings, filters]) form.hidden = false;

    const filter = setUpFilters(page, filters, changes, entries);
    const position = followReading(changes, entries, index);
    setUpSettings(page, settings);
    setUpKeys(settings.elements.keys, changes, position);
    setUpLinks(page, changes, filter, position);
    setUpPrinting(page);
  }

  /** Open what is folded while the page is printed, in browsers whose styles cannot. */
  function setUpPrinting(page) {
    if (CSS.supports("selector(::details-content)")) return;
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...page.querySelectorAll("details:is(.same, .why, .more-meanings):not([open])")];
      for (const fold of opened) fold.open = true;
    });
    addEventListener("afterprint", () => {
      for (const fold of opened) fold.open = false;
    });
  }

  /** Hide changes of kinds that are not wanted, and say how many are left. */
  function setUpFilters(page, form, changes, entries) {
    const kinds = [...form.querySelectorAll("[name=kind]")];
    const rights = [...form.querySelectorAll("[name=rights]")];
    const folds = [...page.querySelectorAll("details.same")];
    const status = form.querySelector(".shown");
    const away = [...page.querySelectorAll(".moved-note.away")];
    const continued = [...page.querySelectorAll(".change.continued")];

    const checked = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);
    const apply = () => {
      const wanted = checked(kinds), wantedRights = checked(rights);
      let shown = 0;
      for (const change of changes) {
        const isOfKind = wanted.some((kind) => change.classList.contains(kind));
        change.hidden = !isOfKind || (rights.length > 0 && !wantedRights.includes(change.dataset.rights));
        const entry = entries.get(change.id);
        if (entry) entry.hidden = change.hidden;
        if (!change.hidden) shown += 1;
      }
      for (const part of continued) part.hidden = document.getElementById(part.dataset.of).hidden;
      for (const note of away) {
        const change = document.getElementById(note.id.replace(/_from$/, ""));
        note.hidden = !wanted.includes("moved") || change.hidden;
      }
      const text = shown === changes.length ? form.dataset.all : form.dataset.some;
      status.textContent = text.replace("{shown}", shown).replace("{total}", changes.length);
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      if (event.target.name === "unchanged") for (const fold of folds) fold.open = event.target.checked;
      else apply();
    });
    // Browsers keep the state of boxes over a reload; a page never begins with anything hidden.
    form.reset();
    apply();
    return {
      showAll() {
        for (const box of [...kinds, ...rights]) box.checked = true;
        apply();
      },
    };
  }

  /** Mark the change being read in the index. */
  function followReading(changes, entries, index) {
    let current = null;
    let isChosen = false; // By a key or a link: it stays current until the reader scrolls on.
    const mark = (change) => {
      if (change === current) return;
      if (current) entries.get(current.id)?.removeAttribute("aria-current");
      current = change;
      const entry = entries.get(change.id);
      if (!entry) return;
      entry.setAttribute("aria-current", "true");
      const top = entry.getBoundingClientRect().top - index.getBoundingClientRect().top;
      if (top < 0 || top > index.clientHeight - 60) index.scrollTop += top - index.clientHeight / 3;
    };
    const visible = new Set();
    const observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) visible[isIntersecting ? "add" : "delete"](target);
        if (isChosen && isOnScreen(current)) return;
        isChosen = false;
        const first = changes.find((change) => visible.has(change));
        if (first) mark(first);
      },
      { rootMargin: "-10% 0px -70% 0px" },
    );
    for (const change of changes) observer.observe(change);
    for (const type of ["wheel", "touchmove"]) {
      addEventListener(type, () => { isChosen = false; }, { passive: true });
    }
    return {
      choose(change) {
        mark(change);
        isChosen = true;
      },
      get: () => current,
    };
  }

  /** Remember the two switches where the browser lets us. */
  function setUpSettings(page, form) {
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const box of [form.elements.keys, form.elements.spoken]) {
      box.checked = recall(box.name) !== "off";
      const apply = () => {
        if (box.name === "spoken") page.querySelector(".text").classList.toggle("unspoken", !box.checked);
      };
      box.addEventListener("change", () => {
        remember(box.name, box.checked ? "on" : "off");
        apply();
      });
      apply();
    }
  }

  /** `n` and `p` go to the next and the previous change, unless they are switched off or meant for a field. */
  function setUpKeys(box, changes, position) {
    document.addEventListener("keydown", (event) => {
      const step = { n: 1, p: -1 }[event.key];
      const isForField = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (!step || !box.checked || isForField || event.ctrlKey || event.metaKey || event.altKey) return;
      const shown = changes.filter((change) => !change.hidden);
      const at = nearest(shown, position.get());
      const next = shown[at === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      go(next, position);
    });
  }

  /** Go to a change without an entry in the browser's history for each step. */
  function go(change, position) {
    position.choose(change);
    location.replace(`#${encodeURIComponent(change.id)}`);
    change.focus({ preventScroll: true });
  }

  /** Return where among the changes shown the reader is: at `current` if it can be seen, else by what is above. */
  function nearest(shown, current) {
    const at = shown.indexOf(current);
    if (at >= 0 && isOnScreen(current)) return at;
    return shown.findLastIndex((change) => change.getBoundingClientRect().top < 8);
  }

  /** Let every link within the page arrive: show what filters hide, open what is folded, pass over what is hidden. */
  function setUpLinks(page, changes, filter, position) {
    const reveal = (id) => {
      const target = document.getElementById(id);
      if (!target || !page.contains(target)) return null;
      const hidden = target.closest("[hidden]");
      if (hidden) filter.showAll();
      const fold = target.closest("details.same:not([open])");
      if (fold) fold.open = true;
      const change = target.closest(".change");
      if (change) position.choose(change.dataset.of ? document.getElementById(change.dataset.of) : change);
      return hidden || fold ? target : null;
    };

    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const step = { next: 1, prev: -1 }[link.rel];
      const target = document.getElementById(idOf(link));
      if (step && target?.hidden) {
        const from = changes.indexOf(target);
        const shown = changes.filter((change, at) => !change.hidden && (at - from) * step > 0);
        const next = step > 0 ? shown[0] : shown.at(-1);
        event.preventDefault();
        if (next) go(next, position);
        return;
      }
      reveal(idOf(link)); // Before the browser goes there.
    });
    const arrive = () => reveal(idOf(location))?.scrollIntoView();
    addEventListener("hashchange", arrive);
    arrive();
  }

  /** Return the id that a link, or the address, leads to; what cannot be decoded stays as it is, as browsers do it. */
  function idOf({ hash }) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return hash.slice(1);
    }
  }

  function isOnScreen(element) {
    if (!element || element.hidden) return false;
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  function recall(name) {
    try {
      return localStorage.getItem(`smallprint.${name}`);
    } catch {
      return null;
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`smallprint.${name}`, value);
    } catch {
      // Without storage the switch holds for this page.
    }
  }

  for (const page of document.querySelectorAll(".redline-page")) setUp(page);
})();
