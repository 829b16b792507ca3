/* What every page can do: theme, menus, filters without a reload, copy, print. */
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
    if (on("a[data-here]")) hereNow(on("a[data-here]"));
    const link = on("a[data-soft]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(withView(new URL(link.href)), true);
    }
  });

  /* A link to this very page: scripts have changed the address since the link was written. */
  function hereNow(link) {
    const url = new URL(window.location.href);
    for (const [name, value] of new URLSearchParams(link.dataset.here)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
    link.href = url;
  }

  /* Paper is always light: a dark page turns first, and is given the time to draw its map. */
  async function print() {
    const dark = root.dataset.bsTheme === "dark", frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    if (dark) setTheme("light", false);
    if (window.gisapp && window.gisapp.later) await window.gisapp.later();
    if (dark && window.gisapp && window.gisapp.loaded) await window.gisapp.loaded();
    await frame();
    await frame();
    window.print();
    if (dark) setTheme("dark", false);
  }

  /* A browser's own keys for printing leave no time: what can be drawn at once turns light. */
  window.addEventListener("beforeprint", () => {
    if (root.dataset.bsTheme !== "dark") return;
    root.dataset.paper = "";
    setTheme("light", false);
    fire("paper");
  });
  window.addEventListener("afterprint", () => {
    if (!("paper" in root.dataset)) return;
    setTheme("dark", false);
    delete root.dataset.paper;
  });

  /* --- panels that open over the page: the filters' drawer, the menu of a narrow bar --- */
  const opener = (panel) => document.querySelector("[data-toggle=" + panel.id + "][aria-expanded]");

  function toggle(button) {
    const panel = document.getElementById(button.dataset.toggle), open = panel.classList.toggle("open");
    opener(panel).setAttribute("aria-expanded", open);
    if (panel.matches(".rail")) alone(panel, open);
    const first = open ? panel.querySelector("button, a, input") : opener(panel);
    first.focus({ preventScroll: true });
  }
  const shut = (panels) => document.querySelectorAll(panels).forEach((panel) => toggle(opener(panel)));

  /* The drawer covers the page: nothing behind it can be reached, and who listens is told so. */
  function alone(panel, open) {
    panel.setAttribute("role", open ? "dialog" : "complementary");
    open ? panel.setAttribute("aria-modal", "true") : panel.removeAttribute("aria-modal");
    for (let box = panel; box !== document.body; box = box.parentElement) {
      for (const other of box.parentElement.children) if (other !== box && other.id !== "said") other.inert = open;
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    shut(".rail.open, nav.open");
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".rail, nav, [data-toggle]")) shut(".rail.open, nav.open"); });
  document.addEventListener("gisapp:goto", () => shut(".rail.open"));
  window.matchMedia("(min-width: 1200px)").addEventListener("change", () => shut(".rail.open"));

  /* The address as it stands, with what it leaves to the office: a link says the same next year. */
  function lasting(button) {
    const url = new URL(window.location.href);
    for (const [name, value] of new URLSearchParams(button.dataset.keep || "")) {
      if (!url.searchParams.get(name)) url.searchParams.set(name, value);
    }
    url.search = url.search.replaceAll("%2C", ",");
    return url.href;
  }
  async function copy(button) {
    const address = lasting(button);
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      /* An office server without https: the older way. */
      const field = document.createElement("textarea");
      field.value = address;
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

  /* `changed` is the view where another one was chosen: the old view's classes mean nothing in it. */
  function address(changed) {
    const data = new FormData(form), url = new URL(form.action);
    const legend = [...form.elements].filter((input) => input.closest(".lg"));
    if (legend.length) {
      const facet = legend[0].name, shown = data.getAll(facet);
      if (shown.length === legend.length || (changed && facet === "class")) data.delete(facet);
      else if (!shown.length) data.set(facet, "none");
    }
    for (const [name, value] of data) if (value) url.searchParams.append(name, value);
    return withView(url);
  }

  /* What the map's scripts write into the address. */
  const VIEW = ["school", "at", "off", "on"];

  /* What the map itself wrote into the address goes along: its scripts do not turn it over. */
  function withView(url) {
    const now = new URLSearchParams(window.location.search);
    if (document.querySelector("[data-points-url]")) {
      for (const name of VIEW) now.has(name) ? url.searchParams.set(name, now.get(name)) : url.searchParams.delete(name);
      url.search = url.search.replaceAll("%2C", ",");
    }
    return url;
  }

  /* What of an address the server answers differently. */
  function question(address) {
    const url = new URL(address);
    for (const name of VIEW) url.searchParams.delete(name);
    return url.pathname + "?" + url.searchParams;
  }
  let shown = question(window.location.href);

  async function go(url, keep) {
    const mine = ++newest;
    shown = question(new URL(url, window.location.href));
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    /* A page that stays as it was says so and lets try again; any other leaves it to the browser. */
    const lost = () => document.dispatchEvent(new CustomEvent("gisapp:lost", { cancelable: true, detail: { url: String(url), keep } }));
    if (!answer) { if (mine === newest && lost()) window.location.assign(url); return; }
    if (!answer.ok) { window.location.assign(url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== newest) return;
    const refocus = held(document.activeElement);
    swap(page);
    if (keep) window.history.pushState(null, "", url);
    refocus();
    fire("filter", new URL(url, window.location.href).search);
    const counters = document.querySelector("[data-said]");
    if (counters) say(counters.dataset.said);
  }

  document.addEventListener("gisapp:go", ({ detail: { url, keep } }) => go(withView(new URL(url)), keep));

  /* Returns what gives the focus back once the parts of the page are new: to the same thing, else
     to what came into its place, else to where the filters are. */
  function held(focused) {
    const part = focused && focused.closest("[data-swap]");
    if (!part) return () => {};
    const reachable = (box) => [...box.querySelectorAll("a[href], button, input, select, summary")];
    const known = (one) => (one.name ? one.name + "=" + one.value : one.textContent.trim());
    const place = reachable(part).indexOf(focused), mine = known(focused);
    return () => {
      const fresh = document.querySelector("[data-swap=" + part.dataset.swap + "]"), all = fresh ? reachable(fresh) : [];
      const next = all.find((one) => known(one) === mine) || all[Math.min(place, all.length - 1)];
      for (const one of [next, document.querySelector(".filter-btn"), document.querySelector("input[name=q]")]) {
        if (one) one.focus({ preventScroll: true });
        if (one && one === document.activeElement) return;
      }
    };
  }

  function swap(page) {
    const scroll = document.querySelector(".rail .scroll"), top = scroll ? scroll.scrollTop : 0;
    const title = (group) => group.querySelector("summary").textContent.trim();
    const open = new Map([...document.querySelectorAll("details.fs")].map((group) => [title(group), group.open]));
    const scale = document.getElementById("scale");
    for (const part of document.querySelectorAll("[data-swap]")) {
      const fresh = page.querySelector("[data-swap=" + part.dataset.swap + "]");
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    const filterButton = document.querySelector(".filter-btn"), freshButton = page.querySelector(".filter-btn");
    if (filterButton && freshButton) filterButton.replaceChildren(...freshButton.childNodes);
    document.querySelectorAll("details.fs").forEach((group) => { if (open.has(title(group))) group.open = open.get(title(group)); });
    if (scroll) document.querySelector(".rail .scroll").scrollTop = top;
    const place = document.getElementById("scale");
    if (scale && place) place.replaceWith(scale);
    for (const link of page.querySelectorAll("[data-here-path], .bar a[href]")) {
      const old = [...document.querySelectorAll("[data-here-path], .bar a[href]")].find((other) => new URL(other.href).pathname === new URL(link.href).pathname && other.textContent.trim() === link.textContent.trim());
      if (old) old.href = link.getAttribute("href");
    }
    const search = page.querySelector("input[name=q]"), mine = document.querySelector("input[name=q]");
    if (search && mine && document.activeElement !== mine) mine.value = search.value;
    if (form) form.querySelectorAll("input[type=hidden]").forEach((old) => { if (!page.querySelector("#filter input[type=hidden][name=" + old.name + "]")) old.remove(); });
    for (const hidden of page.querySelectorAll("#filter input[type=hidden]")) {
      const old = form && form.querySelector("input[type=hidden][name=" + hidden.name + "]");
      if (old) old.value = hidden.value; else if (form) form.prepend(hidden);
    }
  }

  if (form) {
    /* The legend is one of the form's parts wherever on the page it stands. */
    document.addEventListener("change", ({ target }) => { if (target.form === form && target.name !== "q") go(address(target.name === "by"), true); });
    form.addEventListener("submit", (event) => { event.preventDefault(); go(address(), true); });
    window.addEventListener("popstate", () => question(window.location.href) !== shown && go(window.location.href, false).then(() => {
      const asked = new URLSearchParams(window.location.search), view = form.querySelector("select[name=by]");
      if (view) view.value = asked.get("by") || "";
      form.querySelectorAll("input[type=checkbox]").forEach((box) => {
        const values = asked.getAll(box.name);
        box.checked = values.includes(box.value) || (box.closest(".lg") !== null && !values.length);
      });
    }));
  }

  /* --- tables wider than the page: the edge tells that there is more, the keyboard reaches it --- */
  document.querySelectorAll("[data-wide]").forEach((box) => {
    const title = box.closest("section") && box.closest("section").querySelector("h2");
    // A section that has its name is a landmark already: two of one name could not be told apart.
    const role = box.closest("section[aria-labelledby]") ? "group" : "region";
    const wide = { tabindex: "0", role, "aria-label": title ? title.textContent.trim() : "" };
    const look = () => {
      const hidden = box.scrollWidth - box.clientWidth;
      box.classList.toggle("more", hidden - box.scrollLeft > 2);
      for (const [name, value] of Object.entries(wide)) if (hidden > 2 && value) box.setAttribute(name, value); else box.removeAttribute(name);
    };
    box.addEventListener("scroll", look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(box);
    watch.observe(box.firstElementChild);
  });
})();
