/* The card of one school: asked for on click, a sheet with two heights on a phone. */
(function (gisapp) {
  "use strict";

  gisapp.cards = function (state) {
    const card = document.getElementById("card");
    if (!card) return;
    let asked = 0, before = null;

    state.open = async function (code, first) {
      const mine = ++asked;
      before = before || document.activeElement;
      card.classList.add("loading");
      const url = new URL(state.config.card.replace("{code}", encodeURIComponent(code)), window.location.href);
      let text = "";
      try {
        const answer = await fetch(url, { credentials: "same-origin" });
        text = await answer.text();
        if (!answer.ok) { apology(text); text = ""; }
      } catch {
        gisapp.fail(state.config.words.failed);
        return;
      } finally {
        card.classList.remove("loading");
      }
      if (mine !== asked) return;
      if (text) card.innerHTML = text;
      card.hidden = false;
      card.classList.remove("full");
      card.setAttribute("aria-label", card.querySelector("h2") ? card.querySelector("h2").textContent : code);
      card.dataset.code = code;
      state.config.selected = code;
      state.mark(code);
      remember(code);
      bringIntoView(code, first);
      if (!first) card.focus({ preventScroll: true });
      state.map.fire("pointsready");
    };

    state.close = function () {
      if (card.hidden) return;
      card.hidden = true;
      state.config.selected = null;
      state.mark(null);
      remember(null);
      if (before && document.contains(before)) before.focus({ preventScroll: true });
      before = null;
      state.map.fire("pointsready");
    };

    function apology(words) {
      const close = document.createElement("button"), said = document.createElement("p");
      close.type = "button";
      close.className = "btn";
      close.dataset.card = "close";
      close.textContent = state.config.words.close;
      said.textContent = words;
      const box = document.createElement("div");
      box.className = "blk sorry";
      box.append(said, close);
      card.replaceChildren(box);
    }

    function remember(code) {
      const url = new URL(window.location.href);
      code ? url.searchParams.set("school", code) : url.searchParams.delete("school");
      window.history.replaceState(null, "", url);
    }

    /* Move the map just far enough that the card does not cover the school. */
    function bringIntoView(code, first) {
      const point = state.all.get(code);
      if (!point) return;
      const box = card.getBoundingClientRect(), frame = state.map.getContainer().getBoundingClientRect();
      const sheet = box.width > frame.width * 0.8;
      const corner = sheet ? [48, frame.bottom - box.top + 40] : [frame.right - box.left + 60, 60];
      if (first) state.map.setView(point.getLatLng(), Math.max(state.map.getZoom(), 11), { animate: false });
      state.map.panInside(point.getLatLng(), { paddingTopLeft: sheet ? [48, 130] : [110, 90], paddingBottomRight: corner, animate: false });
    }

    function turn(step) {
      const shots = [...card.querySelectorAll("[data-photos] figure")];
      const now = shots.findIndex((shot) => !shot.hidden);
      shots.forEach((shot, n) => { shot.hidden = n !== (now + step + shots.length) % shots.length; });
    }

    card.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.card === "close") state.close();
      if (button.dataset.card === "grow") card.classList.toggle("full");
      if (button.dataset.photo) turn(Number(button.dataset.photo));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.querySelector(".rail.open, details[open][data-menu]")) state.close();
      if (card.contains(document.activeElement) && event.key === "ArrowRight" && event.altKey) turn(1);
    });
    swipe(card, (down) => (down ? (card.classList.contains("full") ? card.classList.remove("full") : state.close()) : card.classList.add("full")));
    document.addEventListener("gisapp:goto", (event) => state.open(event.detail.code, true));
  };

  /* A drag of the sheet's upper edge, up or down. */
  function swipe(card, done) {
    let from = null;
    card.addEventListener("touchstart", (event) => {
      from = event.target.closest(".sh-grab, .head") ? event.touches[0].clientY : null;
    }, { passive: true });
    card.addEventListener("touchend", (event) => {
      if (from === null) return;
      const moved = event.changedTouches[0].clientY - from;
      if (Math.abs(moved) > 40) done(moved > 0);
      from = null;
    }, { passive: true });
  }
})(window.gisapp);
