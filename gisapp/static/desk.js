/* The problem desk: details without a new page, arrow keys, menus that act at once, the worker's state. */
(function () {
  "use strict";
  const aside = document.getElementById("detail");
  const say = (words) => { document.getElementById("said").textContent = words; };
  let newest = 0;

  /* --- another problem: its piece of HTML takes the place of the one shown --- */
  async function show(ref, url, keep) {
    const mine = ++newest;
    const answer = await fetch(aside.dataset.url.replace("REF", encodeURIComponent(ref)), { credentials: "same-origin" }).catch(() => null);
    if (mine !== newest) return;
    if (!answer || !answer.ok) { say(aside.dataset.failed); window.location.assign(url); return; }
    const text = await answer.text();
    if (mine !== newest) return;
    if (window.gisapp && window.gisapp.putAway) window.gisapp.putAway();
    const fresh = new DOMParser().parseFromString(text, "text/html");
    aside.replaceChildren(...fresh.body.childNodes);
    mark(ref);
    if (keep) window.history.pushState({ ref }, "", url);
    document.body.classList.add("one");
    if (window.gisapp && window.gisapp.showPlace) window.gisapp.showPlace();
    const heading = aside.querySelector("h2");
    if (heading) say(heading.textContent);
    uncover();
  }

  /* The faulty cell must be in sight, however wide the sheet. */
  function uncover() {
    for (const cell of document.querySelectorAll(".dk-d .er")) {
      const box = cell.closest(".xl-scroll");
      if (cell.offsetLeft + cell.offsetWidth > box.clientWidth) box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth + 4;
    }
  }

  function mark(ref) {
    for (const link of document.querySelectorAll(".dk-t a[data-problem]")) {
      const on = link.dataset.problem === ref, row = link.closest("tr");
      row.classList.toggle("cur", on);
      if (on) { link.setAttribute("aria-current", "true"); row.scrollIntoView({ block: "nearest" }); } else link.removeAttribute("aria-current");
    }
  }

  const onPage = (ref) => [...document.querySelectorAll(".dk-t a[data-problem]")].some((link) => link.dataset.problem === ref);
  const follow = (link) => (onPage(link.dataset.problem) ? show(link.dataset.problem, link.href, true) : window.location.assign(link.href));

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const back = event.target.closest(".dk-back");
    if (back && onPage((aside.querySelector("[data-ref]") || { dataset: {} }).dataset.ref)) {
      event.preventDefault();
      document.body.classList.remove("one");
      window.history.pushState(null, "", back.href);
      return;
    }
    const row = event.target.closest(".dk-t tbody tr");
    const link = event.target.closest("a[data-problem]") || (row && !event.target.closest("a") && !String(window.getSelection()) && row.querySelector("a[data-problem]"));
    if (!link || !aside) return;
    event.preventDefault();
    follow(link);
  });

  document.addEventListener("keydown", (event) => {
    if (!aside || event.altKey || event.ctrlKey || event.metaKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    if (event.target.closest("input, select, textarea, summary, .leaflet-container, .xl-scroll, .dk-db")) return;
    const link = aside.querySelector(event.key === "ArrowDown" ? "a[rel=next]" : "a[rel=prev]");
    if (!link) return;
    event.preventDefault();
    follow(link);
  });

  window.addEventListener("popstate", () => {
    const ref = new URLSearchParams(window.location.search).get("problem");
    if (ref && onPage(ref)) show(ref, window.location.href, false); else window.location.reload();
  });

  /* --- filters act at once; without this script a button does --- */
  const filters = document.querySelector(".dk-f");
  if (filters) filters.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") filters.requestSubmit(); });
  if (filters) filters.addEventListener("submit", () => {
    for (const field of filters.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener("pageshow", () => { if (filters) for (const field of filters.elements) field.disabled = false; });

  /* --- a button may need a reason, or be pressed once only --- */
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".dk-a button[name=decision]");
    if (!button) return;
    const reason = button.form.elements.reason;
    reason.required = reason.dataset.needed === button.value;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent")));

  uncover();

  /* --- the worker: ask until it is done, then look again --- */
  const busy = document.querySelector("[data-job]");
  async function look() {
    const answer = await fetch(busy.dataset.job, { credentials: "same-origin" }).catch(() => null);
    const job = answer && answer.ok ? await answer.json() : { busy: true };
    if (!job.busy) window.location.reload(); else setTimeout(look, 1000);
  }
  if (busy) setTimeout(look, 1000);

  if (aside && document.body.classList.contains("one")) mark((aside.querySelector("[data-ref]") || { dataset: {} }).dataset.ref);
})();
