/* The card of one school: asked for on click, a sheet with two heights on a phone. */
(function (gisapp) {
  "use strict";

  gisapp.cards = function (state) {
    const card = document.getElementById("card");
    if (!card) return;
    let asked = 0, before = document.body, stay = null;

    /* Show a school. `quiet`: nobody pressed anything, so the focus stays and no step of the
       history is made; `look`: go where it stands. */
    state.open = async function (code, { quiet = false, look = false } = {}) {
      const mine = ++asked;
      if (!card.contains(document.activeElement)) before = document.activeElement;
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
      guide();
      const wasHidden = card.hidden;
      card.hidden = false;
      card.classList.remove("full");
      card.setAttribute("aria-label", card.querySelector("h2") ? card.querySelector("h2").textContent : code);
      card.dataset.code = code;
      state.config.selected = code;
      state.mark(code, card.querySelector("h2") ? card.querySelector("h2").textContent.trim() : "");
      if (!quiet) remember(code, wasHidden);
      if (look) state.look(code);
      bringIntoView(code);
      if (!quiet) card.focus({ preventScroll: true });
      state.map.fire("pointsready");
    };

    function hide() {
      const inside = card.contains(document.activeElement);
      asked++;
      card.hidden = true;
      state.config.selected = null;
      state.mark(null);
      if (inside) back();
      state.map.fire("pointsready");
    }

    /* The focus goes to what opened the card; where that has gone, or would bring up the keyboard of
       a phone, to the map. */
    function back() {
      const same = (one) => one.dataset.key && one.dataset.key === before.dataset.key;
      const place = document.contains(before) ? before : [...document.querySelectorAll(".hit")].find(same);
      const fits = place && place !== document.body && !(place.matches("input") && window.matchMedia("(hover: none)").matches);
      (fits ? place : state.map.getContainer()).focus({ preventScroll: true });
    }

    /* Closing takes back the step of the history that opening made; the map stays where it is. */
    state.close = function () {
      if (card.hidden) return;
      hide();
      const step = window.history.state && window.history.state.card;
      remember(null);
      if (!step) return;
      stay = window.location.href;
      window.history.back();
    };

    /* A card is a step of the history, so that a phone's key for back closes it; the next school is
       the same step. */
    window.addEventListener("popstate", (event) => {
      if (stay) {
        event.stopImmediatePropagation();
        window.history.replaceState(window.history.state, "", stay);
        stay = null;
        return;
      }
      const code = gisapp.asked("school");
      if (!code && !card.hidden) hide();
      if (code && (card.hidden || code !== card.dataset.code)) state.open(code, { quiet: true });
    }, { capture: true });

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

    function remember(code, step) {
      if (step) window.history.pushState({ card: true }, "", window.location.href);
      gisapp.remember("school", code);
    }

    /* Move the map just far enough that the card does not cover the school. */
    function bringIntoView(code) {
      const place = state.place(code);
      if (!place) return;
      const box = card.getBoundingClientRect(), frame = state.map.getContainer().getBoundingClientRect();
      const sheet = box.width > frame.width * 0.8;
      const corner = sheet ? [48, frame.bottom - box.top + 40] : [frame.right - box.left + 60, 60];
      state.map.panInside(place, { paddingTopLeft: sheet ? [48, 130] : [110, 90], paddingBottomRight: corner, animate: false });
    }

    /* Phones of one maker know no geo: address; theirs has a name of its own. */
    function guide() {
      const link = card.querySelector(".guide");
      if (link && /iPhone|iPad|iPod/.test(navigator.userAgent)) link.href = link.dataset.apple;
    }

    card.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.card === "close") state.close();
      if (button.dataset.card === "grow") card.classList.toggle("full");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.querySelector(".rail.open, details[open][data-menu]")) state.close();
    });
    swipe(card, (down) => (down ? (card.classList.contains("full") ? card.classList.remove("full") : state.close()) : card.classList.add("full")));
    document.addEventListener("gisapp:goto", (event) => state.open(event.detail.code, { look: true }));
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
