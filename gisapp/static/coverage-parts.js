/* Figures of coverage in the parts of their page. The server wrote these parts for one question; here
   the same parts get the figures of another, in the very words and numbers that the server would write.
   A question is {level, unit, reach, affiliations, measure, sort, rows}; `told` is the page's config,
   `bands` the answers about one level and unit (gisapp/web/coverage/payload.py). */
(function (gisapp) {
  "use strict";

  /* Rows beside the map before all are asked for (gisapp/web/coverage/table.py, pockets.py). */
  const FIRST_ROWS = 8, FIRST_POCKETS = 5;
  const UNKNOWN = "–";
  const NODATA = "nodata", UNASSIGNED = "unassigned", POCKETS = "pockets";
  const BY_REACH = new Set(["covered", "uncovered", "rate", "at_least", "at_most", "unlocated", "below", "decided", "uncovered_least", "uncovered_most"]);

  const all = (selector) => [...document.querySelectorAll(selector)];
  /* What stays as it was costs no layout. */
  const write = (part, text) => { if (part.textContent !== text) part.textContent = text; };
  const put = (box, selector, text) => { const part = box && box.querySelector(selector); if (part) write(part, text); };
  const known = (value) => value !== null && value !== undefined;
  const whole = (value) => (known(value) ? value.toLocaleString("en") : UNKNOWN);
  /* A tie goes to the even figure, as the server has it. */
  function percent(value) {
    if (!known(value)) return UNKNOWN;
    const tenths = Math.floor(value * 10), even = value % 0.5 === 0.25 ? (tenths + (tenths % 2)) / 10 : value;
    return even.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + "%";
  }

  const tenth = (value) => value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  /* Between which percentages an unknown one lies: 78.9–85.6%. */
  const between = (least, most) => (known(least) ? tenth(least) + "–" + tenth(most) + "%" : UNKNOWN);
  const unsure = (words, n) => (!n ? words.unsure : n === 1 ? words.unsure_of_one : words.unsure_of.replace("{n}", whole(n)));

  /* Pupils, or their ratio: known, or what the schools of known pupils alone make, and why. */
  const pupils = (words, value, least, write) => (known(value) || !known(least) ? write(value) : words.at_least.replace("{n}", write(least)));
  const silent = (words, value, n) => (known(value) || !n ? "" : n === 1 ? words.silent_one : words.silent_of.replace("{n}", whole(n)));

  /* People, or between which numbers they lie. */
  const people = (value, least, most) => (known(value) || !known(least) ? whole(value) : whole(least) + "–" + whole(most));
  /* Of how many units something is known. */
  const outOf = (words, decided, units) => ([0, units].includes(decided) ? words.out_of.replace("{n}", whole(units)) : words.out_of_known.replace("{n}", whole(decided)));
  /* The share within reach of a unit, its bounds, or that the distance is not known. */
  const rateOf = (words, rate, least, most, children) => (known(least) ? between(least, most) : !known(rate) && children ? words.unknown_reach : percent(rate));
  /* What is missing where a class of those within reach is, and in how many units if it differs. */
  function missing(words, bands, answers) {
    const counts = [[words.unknown_reach, 0], [words.unknown_children, 0], [words.no_children, 0]];
    bands.population.forEach((children, n) => { if (answers.className(n) === NODATA) counts[!known(children) ? 1 : children === 0 ? 2 : 0][1] += 1; });
    const told = counts.filter(([, count]) => count);
    return told.length < 2 ? (told[0] || counts[0])[0] : told.map(([word, count]) => word + " " + whole(count)).join(" · ");
  }

  /* What a question finds in the bands. */
  gisapp.answersOf = function (told, bands, asked) {
    const at = bands.reaches.indexOf(asked.reach), measure = told.measures[asked.measure];
    const pick = (found, name) => (BY_REACH.has(name) ? found[at] : found);
    const column = (name) => (name === "population" ? bands.population : pick(bands.bands[asked.affiliations][name], name));
    const office = (name) => (name === "population" ? bands.office.population : pick(bands.office[asked.affiliations][name], name));
    const classes = (name) => { const found = bands.classes[asked.affiliations][name]; return told.measures[name].by_reach ? found[at] : found; };
    const places = classes(asked.measure);
    return {
      at, column, office, classes, measure,
      everybodys: asked.affiliations === "all",
      pockets: bands.pockets[asked.affiliations][at],
      noPockets: bands.no_pockets[asked.affiliations][at],
      pocketSum: bands.pocket_sums[asked.affiliations][at],
      /* Name of the class of a unit, in the legend's own words. */
      className: (n) => (!bands.named[n] ? UNASSIGNED : known(places[n]) ? measure.classes[places[n]].name : NODATA),
      look(n) {
        if (!bands.named[n]) return UNASSIGNED;
        return known(places[n]) ? measure.classes[places[n]].token : NODATA;
      },
    };
  };

  /* What the map says of a unit. */
  gisapp.saidOfUnit = function (told, bands, answers, id) {
    const n = bands.ids.indexOf(id), { words } = told, of = (name) => answers.column(name)[n];
    if (n < 0) return null;
    const within = known(of("rate"))
      ? [[words.within, whole(of("covered")), percent(of("rate"))], [words.outside, whole(of("uncovered"))]]
      : [[words.within, rateOf(words, null, of("at_least"), of("at_most"), of("population")), known(of("at_least")) ? unsure(words, of("unlocated")) : ""],
        ...(known(of("at_least")) ? [[words.outside, people(null, of("uncovered_least"), of("uncovered_most"))]] : [])];
    return { name: bands.names[n], lines: [[words.children, whole(of("population"))], ...within, [answers.everybodys ? words.enrolled_all : words.enrolled, pupils(words, of("enrolled"), of("enrolled_least"), whole), silent(words, of("enrolled"), of("silent"))], [words.ger, pupils(words, of("ger"), of("ger_least"), percent)]] };
  };

  const parts = (gisapp.coverageParts = {});

  parts.reach = function (told, bands, asked, answers) {
    const slider = document.querySelector("input[data-reach]"), output = document.querySelector("[data-reach-word]");
    const word = asked.reach + " " + told.words.km, more = told.words.straight + (answers.at === bands.own ? " · " + told.words.own_reach : "");
    if (!slider || !output) return;
    slider.value = answers.at;
    slider.style.setProperty("--at", (100 * answers.at) / Math.max(bands.reaches.length - 1, 1) + "%");
    slider.setAttribute("aria-valuetext", word + " " + more);
    put(output, "[data-value]", word);
    put(output, "small", more);
    for (const place of all("[data-reach-here]")) place.textContent = word;
  };

  parts.counters = function (told, bands, asked, answers) {
    const rate = answers.office("rate"), least = answers.office("at_least"), most = answers.office("at_most");
    const value = (name) => {
      if (name === "ger" || name === "enrolled") return pupils(told.words, answers.office(name), answers.office(name + "_least"), name === "ger" ? percent : whole);
      if (name === "covered" && known(least)) return between(least, most);
      if (name === "uncovered") return people(answers.office(name), answers.office("uncovered_least"), answers.office("uncovered_most"));
      return name === "population" ? pupils(told.words, answers.office(name), bands.known_children, whole) : whole(answers.office(name));
    };
    const shares = {
      covered: known(rate) ? percent(rate) : answers.office("population") ? unsure(told.words, answers.office("unlocated")) : "",
      below: outOf(told.words, answers.office("decided"), bands.office[asked.affiliations].units),
      enrolled: silent(told.words, answers.office("enrolled"), answers.office("silent")),
      /* With the share within, as written, it makes 100.0. */
      uncovered: known(rate) ? percent((1000 - Math.round(parseFloat(percent(rate)) * 10)) / 10) : known(least) ? between(100 - most, 100 - least) : "",
    };
    for (const word of all("[data-everybodys]")) word.hidden = !answers.everybodys;
    for (const box of all("dd[data-figure]")) {
      put(box, "[data-value]", value(box.dataset.figure));
      if (box.dataset.figure in shares) put(box, "[data-share]", shares[box.dataset.figure]);
    }
  };

  parts.legend = function (told, bands, asked, answers, hidden) {
    const counts = new Map(), box = document.querySelector("[data-legend]");
    bands.ids.forEach((_, n) => counts.set(answers.className(n), (counts.get(answers.className(n)) || 0) + 1));
    put(box, "[data-legend-unit]", answers.measure.unit);
    put(box, "[data-nodata-word]", answers.measure.by_reach ? missing(told.words, bands, answers) : told.words.no_data);
    const rows = [...box.querySelectorAll(".lg[data-class]")].filter((row) => ![NODATA, UNASSIGNED].includes(row.dataset.class));
    answers.measure.classes.forEach((step, n) => {
      const row = rows[n] || rows[0].cloneNode(true);
      if (!rows[n]) box.querySelector(".lg[data-class=nodata]").before(row);
      row.dataset.class = step.name;
      row.querySelector("rect:last-of-type").setAttribute("fill", "var(--" + step.token + ")");
      put(row, "span:not(.c)", step.word);
    });
    rows.slice(answers.measure.classes.length).forEach((row) => row.remove());
    for (const row of box.querySelectorAll("button.lg[data-class]")) {
      row.setAttribute("aria-pressed", String(!hidden.has(row.dataset.class)));
      if (row.dataset.class !== UNASSIGNED) put(row, ".c", whole(counts.get(row.dataset.class) || 0));
    }
    box.querySelector("button.pk").setAttribute("aria-pressed", String(!hidden.has(POCKETS)));
    put(box, "[data-pockets-count]", whole(answers.pockets.length));
  };

  /* Rows of the legend show and hide their class; without script there is nothing to press. */
  parts.legendButtons = function () {
    for (const row of all("[data-legend] div.lg[data-class], [data-legend] div.lg.pk")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = row.className;
      if (row.dataset.class) button.dataset.class = row.dataset.class;
      button.append(...row.childNodes);
      row.replaceWith(button);
    }
  };

  /* Places of units in the order asked for; what nobody knows stands last either way. Of a range
     the end counts that is sure. */
  function order(bands, asked, answers) {
    const name = asked.sort.replace("-", ""), sign = asked.sort.startsWith("-") ? -1 : 1;
    if (name === "name") return sign > 0 ? bands.order_by_name : [...bands.order_by_name].reverse();
    const found = answers.column(name), sure = answers.column(sign > 0 ? "at_most" : "at_least"), places = [...bands.ids.keys()].filter((n) => bands.named[n]);
    const values = name === "rate" ? found.map((value, n) => (known(value) ? value : sure[n])) : found;
    return places.sort((a, b) => known(values[b]) - known(values[a]) || (known(values[a]) ? sign * (values[a] - values[b]) : 0) || a - b);
  }

  function fill(made, told, bands, answers, n) {
    const of = (name) => answers.column(name)[n], rate = of("rate"), least = of("at_least"), most = of("at_most");
    for (const cell of made.querySelectorAll("[data-f]")) {
      const name = cell.dataset.f;
      if (name !== "rate") { write(cell, name === "ger" ? pupils(told.words, of("ger"), of("ger_least"), percent)
        : name === "enrolled" ? pupils(told.words, of(name), of("enrolled_least"), whole)
        : name === "uncovered" ? people(of(name), of("uncovered_least"), of("uncovered_most")) : whole(of(name))); continue; }
      const bar = cell.querySelector("rect[data-bar]"), may = cell.querySelector("rect[data-may]");
      bar.closest("svg").classList.toggle("none", !known(rate) && !known(least));
      bar.setAttribute("width", (rate || least || 0).toFixed(1) + "%");
      bar.setAttribute("fill", known(rate) ? "var(--" + told.measures.rate.classes[answers.classes("rate")[n]].token + ")" : "var(--ink-3)");
      may.setAttribute("x", (least || 0).toFixed(1) + "%");
      may.setAttribute("width", ((most || 0) - (least || 0)).toFixed(1) + "%");
      put(cell, "[data-value]", rateOf(told.words, rate, least, most, of("population")));
      put(cell, "[data-share]", known(least) ? unsure(told.words, 0) : "");
    }
  }

  /* A row for a unit, made from any other row of the table. */
  function row(pattern, bands, n) {
    const made = pattern.cloneNode(true), name = made.querySelector("th bdi"), link = made.querySelector("th a"), button = made.querySelector("[data-find]");
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(name.textContent, () => bands.names[n]));
    /* The link of any row keeps language and round. */
    if (link) link.setAttribute("href", link.getAttribute("href").replace(encodeURIComponent(made.dataset.id), encodeURIComponent(bands.ids[n])));
    made.dataset.id = bands.ids[n];
    name.textContent = bands.names[n];
    return made;
  }
  /* Body of a table -> its rows by the codes of units: made once, filled again. */
  const kept = new WeakMap();
  function rowsOf(body) {
    if (!kept.has(body)) kept.set(body, new Map([...body.rows].map((made) => [made.dataset.id, made])));
    return kept.get(body);
  }

  /* Gives the focus back to the same thing in the same row where it stood in the table. */
  function keepingFocus(body, change) {
    const focused = body.contains(document.activeElement) ? document.activeElement : null;
    const id = focused && focused.closest("tr").dataset.id, kind = focused && focused.tagName;
    change();
    const same = focused && [...body.rows].find((made) => made.dataset.id === id);
    if (same && same.querySelector(kind)) same.querySelector(kind).focus({ preventScroll: true });
  }

  parts.table = function (told, bands, asked, answers, chosen) {
    const table = document.querySelector("table[data-units]"), body = table && table.tBodies[0], pattern = body && body.rows[0];
    if (!pattern) return;
    const sorted = order(bands, asked, answers), places = asked.rows === "all" ? [...sorted] : sorted.slice(0, FIRST_ROWS);
    const apart = bands.ids.indexOf(chosen), nobodys = bands.named.indexOf(0), made_rows = rowsOf(body);
    /* What was pressed on the map stands in the table, however long that is. */
    if (apart >= 0 && bands.named[apart] && !places.includes(apart)) places.push(apart);
    const rows = places.map((n) => {
      const id = bands.ids[n], made = made_rows.get(id) || row(pattern, bands, n);
      made_rows.set(id, made);
      fill(made, told, bands, answers, n);
      made.classList.toggle("on", id === chosen);
      return made;
    });
    if (rows.length !== body.rows.length || rows.some((made, n) => made !== body.rows[n])) keepingFocus(body, () => body.replaceChildren(...rows));
    const rest = table.tFoot && table.tFoot.rows[0];
    if (!rest || nobodys < 0) return;
    fill(rest, told, bands, answers, nobodys);
    rest.classList.toggle("on", chosen === "");
  };

  /* The heading of the column that the rows are sorted by. */
  parts.sorted = function (asked) {
    const name = asked.sort.replace("-", ""), down = asked.sort.startsWith("-"), icon = document.querySelector("table[data-units] a.sorted .ic");
    for (const link of all("table[data-units] a[data-sort]")) {
      const mine = link.dataset.sort === name;
      link.classList.toggle("sorted", mine);
      mine ? link.closest("th").setAttribute("aria-sort", down ? "descending" : "ascending") : link.closest("th").removeAttribute("aria-sort");
      if (!mine || !icon) continue;
      const use = icon.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, down ? "#desc" : "#asc"));
      link.append(" ", icon);
    }
  };

  function pocketRow(words, { no, children, place, near, villages }) {
    const made = (name, className, ...inner) => { const one = document.createElement(name); one.className = className; one.append(...inner); return one; };
    const row = made("li", ""), number = made("b", "pkn", String(no)), said = made("div", "", made("strong", "num", children), " ", made("span", "", made("bdi", "", place)));
    const button = made("button", "icb"), icon = document.querySelector("button[data-find] .ic, button[data-find-pocket] .ic");
    if (near) said.append(made("p", "", made("bdi", "", near)));
    if (villages) said.append(made("p", "vil", made("bdi", "", villages)));
    row.dataset.no = no;
    number.setAttribute("aria-hidden", "true");
    button.type = "button";
    button.dataset.findPocket = "";
    button.setAttribute("aria-label", words.find_pocket.replace("{no}", no));
    if (icon) button.append(icon.cloneNode(true));
    row.append(number, said, button);
    return row;
  }

  parts.pockets = function (answers, words) {
    for (const list of document.querySelectorAll("ol[data-pockets]")) {
      const most = list.closest("#tab-pockets") ? Infinity : FIRST_POCKETS;
      list.replaceChildren(...answers.pockets.slice(0, most).map((pocket) => pocketRow(words, pocket)));
    }
    for (const place of document.querySelectorAll("[data-pockets-sum]")) place.textContent = answers.pocketSum;
    for (const said of document.querySelectorAll("[data-no-pockets]")) {
      said.hidden = answers.pockets.length > 0;
      write(said, answers.noPockets);
    }
  };
})(window.gisapp = window.gisapp || {});
