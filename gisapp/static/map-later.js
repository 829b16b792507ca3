/* The small map inside a page: its scripts and layers are fetched when it comes near, or for paper. */
window.gisapp = window.gisapp || {};
(function (gisapp) {
  "use strict";

  const box = document.querySelector("[data-map-later]");
  if (!box) return;
  /* How far below the window the map sets out, and how long paper waits for it. */
  const NEAR = "200px", PATIENCE_MS = 8000;
  let begun = null;

  /* Resolves once the schools are drawn, or waiting has no sense any more. */
  gisapp.later = function () {
    begun = begun || begin();
    return begun;
  };

  async function begin() {
    const start = document.getElementById("map-start");
    box.replaceChildren(document.getElementById("map-box").content.cloneNode(true));
    try {
      await run({ src: start.dataset.files });
    } catch {
      box.textContent = box.dataset.mapLater;
      return;
    }
    const drawn = new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(document.documentElement, { attributeFilter: ["data-points"] });
      setTimeout(done, PATIENCE_MS);
    });
    run({ nonce: start.nonce, textContent: start.textContent });
    await drawn;
  }

  function run(what) {
    return new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), what);
      script.onload = done;
      script.onerror = failed;
      document.body.append(script);
    });
  }

  new IntersectionObserver((seen, watch) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    gisapp.later();
  }, { rootMargin: NEAR }).observe(box);
  window.addEventListener("beforeprint", gisapp.later);
})(window.gisapp);
