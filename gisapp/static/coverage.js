/* The page of coverage without a reload. All answers about the units of a level come once, so that the
   slider, the boxes, the legend and the table answer at once; another level or unit fetches the parts
   of the page anew. Without this file the same page works by its links and its form. */
(function (gisapp) {
  "use strict";

  const holder = () => document.getElementById("coverage-config");
  if (!holder() || !gisapp.areaMap) return;

  /* What only the server can say is fetched when the reader has rested so long, ms. */
  const REST_MS = 600;
  const LATE = ["[data-trend]", "details.how", "[data-swap=collar]", "[data-swap=paper]"];
  /* A table of so many rows follows the slider when it stands, ms: the map must not wait for it. */
  const MANY_ROWS = 200, SLOW_MS = 120;
  const FIRST_SORT = "rate", RISING = ["name", "rate"];

  const view = gisapp.areaMap, parts = gisapp.coverageParts, fetched = new Map(), hidden = new Set();
  let told, asked, bands = null, answers = null, chosen = null, frame = 0, rest = 0, slow = 0, pocketsOf = null;

  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (words) => { document.getElementById("said").textContent = words; };

  /* --- the answers, drawn once for all changes of a frame --- */
  function draw() {
    frame = 0;
    if (!bands) return;
    answers = gisapp.answersOf(told, bands, asked);
    parts.reach(told, bands, asked, answers);
    parts.counters(told, bands, asked, answers);
    parts.legend(told, bands, asked, answers, hidden);
    clearTimeout(slow);
    if (asked.rows === "all" && bands.ids.length > MANY_ROWS) slow = setTimeout(table, SLOW_MS);
    else table();
    paint();
    const question = [asked.level, asked.reach, asked.affiliations];
    if (pocketsOf === question.join()) return;
    pocketsOf = question.join();
    parts.pockets(answers, told.words);
    view.pockets(answers.pockets.length ? question : null);
  }
  function table() {
    parts.table(told, bands, asked, answers, chosen);
    parts.sorted(asked);
    for (const button of all("[data-find][hidden]")) button.hidden = false;
  }
  const soon = () => { frame = frame || requestAnimationFrame(draw); };
  function paint() {
    view.paint(new Map(bands.ids.map((id, n) => [id, hidden.has(answers.className(n)) ? null : answers.look(n)])));
  }
  view.describe = (id) => (answers ? gisapp.saidOfUnit(told, bands, answers, id) : null);
  view.describePocket = (no) => {
    const pocket = answers && answers.pockets.find((one) => one.no === no);
    return pocket ? { name: told.words.pocket + " " + no, lines: [[told.words.children, pocket.children]], more: [pocket.place, pocket.near] } : null;
  };

  /* --- the question --- */
  function ask(name, value, written) {
    if (asked[name] === value) return;
    asked[name] = value;
    gisapp.remember(name, written === undefined ? String(value) : written);
    soon();
    if (!["reach", "affiliations"].includes(name)) return;
    clearTimeout(rest);
    rest = setTimeout(late, REST_MS);
  }

  async function late() {
    /* Without a line the figures stay right, and the sentences of before say of which reach they are. */
    const url = window.location.href, answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok || url !== window.location.href) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), scale = document.getElementById("scale");
    if (url !== window.location.href) return;
    for (const selector of LATE) {
      const old = document.querySelector(selector), fresh = page.querySelector(selector);
      if (!old || !fresh) continue;
      if ("open" in old) fresh.open = old.open;
      if (!old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
    }
    const place = document.getElementById("scale");
    if (scale && place && place !== scale) place.replaceWith(scale);
    const within = document.querySelector("dd[data-figure=covered]");
    if (within) say(within.previousElementSibling.textContent + " " + within.textContent);
  }

  /* --- the page as it stands: at first, and after another level or unit --- */
  async function read() {
    const before = told && told.points;
    told = JSON.parse(holder().textContent);
    asked = { ...told.asked, rows: gisapp.asked("rows") };
    const address = told.bands.replace("{level}", asked.level).replace("{unit}", asked.unit), mine = told;
    parts.legendButtons();
    if (before && before !== told.points) view.points(told.points);
    if (!fetched.has(address)) fetched.set(address, gisapp.read(address, "high"));
    try {
      const [found] = await Promise.all([fetched.get(address), view.show(asked.level, asked.unit)]);
      if (mine !== told) return;
      bands = found;
    } catch {
      fetched.delete(address);
      return gisapp.fail(told.words.failed, read);
    }
    draw();
    return chooseAsked();
  }
  /* A school's page leads to its own zone. */
  function chooseAsked() {
    const id = gisapp.asked("chosen");
    if (!id) return;
    gisapp.remember("chosen", null);
    if (bands.ids.includes(id)) find(id, true);
  }

  function turnTo(changes, keep = true) {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(changes)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
    clearTimeout(rest);
    document.dispatchEvent(new CustomEvent("gisapp:go", { detail: { url: url.href, keep } }));
  }
  document.addEventListener("gisapp:filter", () => { choose(null); read(); });
  window.addEventListener("popstate", () => turnTo({}, false));
  document.addEventListener("gisapp:lost", (event) => {
    event.preventDefault();
    gisapp.fail(told.words.failed, () => document.dispatchEvent(new CustomEvent("gisapp:go", { detail: event.detail })));
  });

  /* --- controls --- */
  document.addEventListener("submit", (event) => { if (event.target.id === "cov") event.preventDefault(); });
  document.addEventListener("input", ({ target }) => { if (bands && target.matches("input[data-reach]")) ask("reach", bands.reaches[target.value]); });
  document.addEventListener("change", ({ target }) => {
    if (!target.form || target.form.id !== "cov") return;
    if (target.name === "level") turnTo({ level: target.value });
    if (target.name === "affiliations") ask("affiliations", target.checked ? "all" : "own");
    if (target.name === "measure") { [...hidden].filter((name) => name !== "pockets").forEach((name) => hidden.delete(name)); ask("measure", target.value); }
  });

  function sort(name) {
    const now = asked.sort.replace("-", "");
    const next = now === name ? (asked.sort.startsWith("-") ? name : "-" + name) : (RISING.includes(name) ? "" : "-") + name;
    ask("sort", next, next === FIRST_SORT ? null : next);
  }

  function show(tab) {
    for (const link of all("[role=tab]")) {
      const mine = link.dataset.tab === tab;
      link.setAttribute("aria-selected", String(mine));
      document.getElementById("tab-" + link.dataset.tab).hidden = !mine;
    }
    gisapp.remember("tab", tab === "zones" ? null : tab);
  }

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector), plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    const link = on("a[data-unit-choice], a[data-sort], a[data-tab], a[data-all]");
    if (on("a[data-file]")) return file(on("a[data-file]"));
    if (link && plain && bands) {
      event.preventDefault();
      if (link.dataset.unitChoice) return turnTo({ unit: link.dataset.unitChoice, rows: null });
      if (link.dataset.sort) return sort(link.dataset.sort);
      if (link.dataset.tab) return show(link.dataset.tab);
      link.hidden = true;
      return ask("rows", "all");
    }
    if (!bands || on("a")) return null;
    if (on("button.lg")) return toggle(on("button.lg").dataset.class || "pockets");
    if (on("[data-find-pocket]")) return findPocket(Number(on("[data-no]").dataset.no));
    const row = on("table[data-units] tr[data-id]");
    return row ? find(row.dataset.id, Boolean(on("[data-find]"))) : null;
  });

  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], tabs = all("[role=tab]"), at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.focus();
    show(next.dataset.tab);
  });

  /* A file of what the page shows now: scripts have changed the question since the link was written. */
  function file(link) {
    const url = new URL(link.href), now = new URLSearchParams(window.location.search);
    for (const name of ["level", "reach", "affiliations", "unit", "measure", "sort"]) now.has(name) ? url.searchParams.set(name, now.get(name)) : url.searchParams.delete(name);
    link.href = url;
  }

  function toggle(name) {
    hidden.has(name) ? hidden.delete(name) : hidden.add(name);
    view.showPockets(!hidden.has("pockets"));
    soon();
  }

  /* --- table and map lead to each other --- */
  function choose(id) {
    chosen = id;
    view.choose(id);
    markPocket(null);
  }
  function find(id, go) {
    choose(id === chosen && !go ? null : id);
    if (go) { view.look(id); reveal(); }
    soon();
  }
  function findPocket(no) {
    choose(null);
    soon();
    markPocket(no);
    view.lookPocket(no);
    reveal();
  }
  function markPocket(no) {
    for (const row of all("ol[data-pockets] li")) row.classList.toggle("on", Number(row.dataset.no) === no);
  }
  /* On a phone the map stands above its table. */
  function reveal() { document.getElementById("mapbox").scrollIntoView({ block: "nearest" }); }
  /* Beside the map the table goes to what was pressed; below it the page stays where the finger is. */
  function follow(row) {
    const beside = getComputedStyle(document.querySelector(".side-b")).overflowY !== "visible";
    if (row && beside) row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("gisapp:unit", ({ detail: { id, no } }) => {
    choose(no ? null : id);
    draw();
    if (no) {
      markPocket(no);
      show("pockets");
      follow(document.querySelector("#tab-pockets li[data-no='" + no + "']"));
      return view.pinPocket(no);
    }
    const row = id !== null && all("table[data-units] tr[data-id]").find((one) => one.dataset.id === id), said = id !== null && view.describe(id);
    follow(row);
    if (said) say([said.name, ...said.lines.map((line) => line.filter(Boolean).join(" "))].join(", "));
    return null;
  });

  read();
})(window.gisapp);
