/* What every page can do: theme, menus, filters without a reload, suggestions, copy, print. */
(function () {
  "use strict";
  const root = document.documentElement;
  const say = (words) => { document.getElementById("said").textContent = words; };
  const fire = (name, detail) => document.dispatchEvent(new CustomEvent("gisapp:" + name, { detail }));

  /* --- theme --- */
  function setTheme(theme, keep) {
    root.dataset.bsTheme = theme;
    if (keep) try { localStorage.setItem("theme", theme); } catch { /* a browser that keeps nothing */ }
    fire("theme", theme);
  }
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    let kept = null;
    try { kept = localStorage.getItem("theme"); } catch { /* a browser that keeps nothing */ }
    if (!kept) setTheme(event.matches ? "dark" : "light", false);
  });

  /* --- clicks --- */
  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (on("[data-theme-switch]")) setTheme(root.dataset.bsTheme === "dark" ? "light" : "dark", true);
    if (on("[data-toggle]")) toggle(on("[data-toggle]"));
    if (on("[data-print]")) print();
    if (on("[data-copy]")) copy(on("[data-copy]"));
    const link = on("a[data-soft]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(link.href, true);
    }
  });

  /* Paper is always light: a dark page turns first, and is given the time to draw its map. */
  async function print() {
    const dark = root.dataset.bsTheme === "dark", frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    if (dark) setTheme("light", false);
    await frame();
    await frame();
    window.print();
    if (dark) setTheme("dark", false);
  }

  function toggle(button) {
    const panel = document.getElementById(button.dataset.toggle);
    const open = panel.classList.toggle("open");
    document.querySelectorAll("[data-toggle=" + panel.id + "]").forEach((other) => other.setAttribute("aria-expanded", open));
    const first = open ? panel.querySelector("button, a, input") : document.querySelector("[data-toggle=" + panel.id + "][aria-expanded]");
    if (first) first.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    document.querySelectorAll(".rail.open, nav.open").forEach((panel) => toggle(document.querySelector("[data-toggle=" + panel.id + "]")));
  });

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(window.location.href);
    } catch {
      /* An office server without https: the older way. */
      const field = document.createElement("textarea");
      field.value = window.location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(button.dataset.copy);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  /* --- filters: the server renders, the page takes over the parts that changed --- */
  const form = document.getElementById("filter");
  let newest = 0;

  function address() {
    const data = new FormData(form), url = new URL(form.action);
    const legend = form.querySelectorAll(".lg input[name=size]");
    const sizes = data.getAll("size");
    if (legend.length && sizes.length === legend.length) data.delete("size");
    if (legend.length && !sizes.length) data.set("size", "none");
    for (const [name, value] of data) if (value) url.searchParams.append(name, value);
    const school = new URLSearchParams(window.location.search).get("school");
    if (school && legend.length) url.searchParams.set("school", school);
    return url;
  }

  async function go(url, keep) {
    const mine = ++newest;
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) { window.location.assign(url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== newest) return;
    const focused = document.activeElement, name = focused && focused.name, value = focused && focused.value;
    swap(page);
    if (keep) window.history.pushState(null, "", url);
    if (name && name !== "q") {
      const same = [...document.getElementsByName(name)].find((input) => input.value === value);
      if (same) same.focus({ preventScroll: true });
    }
    fire("filter", new URL(url, window.location.href).search);
    const count = page.querySelector("[data-swap=counters] dd");
    if (count) say(count.textContent);
  }

  function swap(page) {
    const scroll = document.querySelector(".rail .scroll"), top = scroll ? scroll.scrollTop : 0;
    const open = [...document.querySelectorAll("details.fs")].map((group) => group.open);
    const scale = document.getElementById("scale");
    for (const part of document.querySelectorAll("[data-swap]")) {
      const fresh = page.querySelector("[data-swap=" + part.dataset.swap + "]");
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    const filterButton = document.querySelector(".filter-btn"), freshButton = page.querySelector(".filter-btn");
    if (filterButton && freshButton) filterButton.replaceChildren(...freshButton.childNodes);
    document.querySelectorAll("details.fs").forEach((group, n) => { if (open[n] !== undefined) group.open = open[n]; });
    if (scroll) document.querySelector(".rail .scroll").scrollTop = top;
    const place = document.getElementById("scale");
    if (scale && place) place.replaceWith(scale);
    for (const link of page.querySelectorAll("[data-here-path], .bar a[href]")) {
      const old = [...document.querySelectorAll("[data-here-path], .bar a[href]")].find((other) => new URL(other.href).pathname === new URL(link.href).pathname && other.textContent.trim() === link.textContent.trim());
      if (old) old.href = link.getAttribute("href");
    }
    const search = page.querySelector("input[name=q]"), mine = document.querySelector("input[name=q]");
    if (search && mine && document.activeElement !== mine) mine.value = search.value;
    for (const hidden of page.querySelectorAll("#filter input[type=hidden]")) {
      const old = form && form.querySelector("input[type=hidden][name=" + hidden.name + "]");
      if (old) old.value = hidden.value; else if (form) form.prepend(hidden);
    }
  }

  if (form) {
    form.addEventListener("change", (event) => { if (event.target.name !== "q") go(address(), true); });
    form.addEventListener("submit", (event) => { event.preventDefault(); closeSuggestions(); go(address(), true); });
    window.addEventListener("popstate", () => go(window.location.href, false).then(() => {
      const asked = new URLSearchParams(window.location.search);
      form.querySelectorAll("input[type=checkbox]").forEach((box) => {
        const values = asked.getAll(box.name);
        box.checked = values.includes(box.value) || (box.closest(".lg") !== null && !values.length);
      });
    }));
  }

  /* --- tables wider than the page: the edge tells that there is more, the keyboard reaches it --- */
  document.querySelectorAll("[data-wide]").forEach((box) => {
    const look = () => {
      const hidden = box.scrollWidth - box.clientWidth;
      box.classList.toggle("more", hidden - box.scrollLeft > 2);
      if (hidden > 2) box.tabIndex = 0; else box.removeAttribute("tabindex");
    };
    box.addEventListener("scroll", look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(box);
    watch.observe(box.firstElementChild);
  });

  /* --- suggestions under the search box --- */
  const field = document.querySelector("[data-suggest]");
  const list = document.createElement("ul");
  let wait = 0, chosen = -1, found = [];

  function closeSuggestions() {
    if (!field) return;
    list.remove();
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  async function suggest() {
    const text = field.value.trim();
    if (text.length < 2) return closeSuggestions();
    const url = new URL(field.dataset.suggest, window.location.href);
    url.searchParams.set("q", text);
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok || field.value.trim() !== text || document.activeElement !== field) return;
    found = (await answer.json()).schools;
    if (!found.length) return closeSuggestions();
    list.replaceChildren(...found.map((school, n) => {
      const row = document.createElement("li"), name = document.createElement("b"), place = document.createElement("span");
      row.id = "sug-" + n;
      row.setAttribute("role", "option");
      name.textContent = school.name;
      place.textContent = school.place + " · " + school.code;
      row.append(name, place);
      row.addEventListener("mousedown", (event) => { event.preventDefault(); pick(n); });
      return row;
    }));
    chosen = -1;
    field.parentElement.append(list);
    field.setAttribute("aria-expanded", "true");
  }

  function pick(n) {
    const school = found[n];
    closeSuggestions();
    if (field.dataset.goto === "page" || school.lon === null) { window.location.assign(school.url); return; }
    field.value = "";
    field.blur();
    fire("goto", school);
  }

  if (field) {
    list.className = "sug";
    list.id = "sug";
    list.setAttribute("role", "listbox");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "sug", "aria-expanded": "false" })) field.setAttribute(name, value);
    field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(suggest, 150); });
    field.addEventListener("blur", () => setTimeout(closeSuggestions, 100));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return closeSuggestions();
      if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); return pick(chosen); }
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || !found.length || !list.isConnected) return;
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      [...list.children].forEach((row, n) => row.setAttribute("aria-selected", n === chosen));
      field.setAttribute("aria-activedescendant", "sug-" + chosen);
    });
  }
})();
