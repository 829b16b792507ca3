/* Suggestions under the search box: schools first, then places; the server finds them and words
   what is said. A combobox with a list: the focus stays in the field. */
(function () {
  "use strict";
  const field = document.querySelector("[data-suggest]");
  if (!field) return;
  /* What of the page a place keeps. */
  const KEPT = ["by", "sort", "cols", "group"];
  const box = document.createElement("div"), note = document.createElement("p"), list = document.createElement("ul");
  let wait = 0, chosen = -1, offered = [];

  function close() {
    clearTimeout(wait);
    box.remove();
    chosen = -1;
    offered = [];
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function piece(tag, name, words) {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = words;
    return made;
  }

  function row(found, n) {
    const line = document.createElement("li"), name = piece("bdi", "nm", "");
    const [before, part, behind] = found.parts;
    name.append(before, ...(part ? [piece("b", "", part)] : []), behind);
    const words = found.kind === "school" ? [found.why, found.place, found.code] : [found.word, found.place, found.counted];
    line.id = "sug-" + n;
    line.className = found.kind !== "school" && (!n || offered[n - 1].kind === "school") ? "first-place" : "";
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    const at = piece("span", "at", "");
    words.filter(Boolean).forEach((word, place) => at.append(place ? " · " : "", piece("bdi", "", word)));
    line.append(name, at);
    line.addEventListener("click", () => pick(n));
    return line;
  }

  function show(answer) {
    close();
    offered = [...answer.schools, ...answer.places];
    note.textContent = answer.note;
    list.replaceChildren(...offered.map(row));
    box.replaceChildren(...(answer.note ? [note] : []), ...(offered.length ? [list] : []));
    field.parentElement.append(box);
    field.setAttribute("aria-expanded", String(offered.length > 0));
    document.getElementById("said").textContent = [answer.note, answer.said].filter(Boolean).join(" · ");
  }

  async function suggest() {
    const text = field.value.trim();
    if (!text) return close();
    const url = new URL(field.dataset.suggest, window.location.href), now = new URLSearchParams(window.location.search);
    for (const name of KEPT) if (now.get(name)) url.searchParams.set(name, now.get(name));
    url.searchParams.set("q", text);
    let answer = null;
    try {
      const response = await fetch(url, { credentials: "same-origin" });
      if (response.ok) answer = await response.json();
    } catch { /* no line: the form still asks the server when it is sent */ }
    /* Meanwhile the reader typed on, or went elsewhere. */
    if (field.value.trim() !== text || document.activeElement !== field) return;
    answer ? show(answer) : close();
  }

  function pick(n) {
    const found = offered[n];
    close();
    if (found.kind !== "school" || field.dataset.goto === "page" || found.lon === null) return window.location.assign(found.url);
    field.value = "";
    document.dispatchEvent(new CustomEvent("gisapp:goto", { detail: found }));
  }

  function step(by) {
    chosen = (chosen + by + offered.length + (chosen < 0 && by < 0 ? 1 : 0)) % offered.length;
    [...list.children].forEach((line, n) => line.setAttribute("aria-selected", String(n === chosen)));
    field.setAttribute("aria-activedescendant", "sug-" + chosen);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  box.className = "sug";
  note.className = "note";
  list.id = "sug";
  list.setAttribute("role", "listbox");
  /* The list stands in the field's label, whose words it must not become. */
  const name = field.parentElement.querySelector(".vh").textContent;
  list.setAttribute("aria-label", name);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-label": name, "aria-autocomplete": "list", "aria-controls": "sug", "aria-expanded": "false" })) field.setAttribute(key, value);
  /* A press keeps the focus in the field, so that leaving it closes the list and choosing does not. */
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => event.preventDefault());
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(suggest, 150); });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !box.isConnected) return;
    if (event.key === "Escape") {
      /* Only the list closes: the text and the drawer around it stay. */
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); return pick(chosen); }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !offered.length) return;
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  });
})();
