/* Pictures that slide: by buttons, by arrow keys, by a finger. Each is fetched when its turn comes. */
(function () {
  "use strict";

  const slides = (box) => [...box.querySelectorAll(".slide")];
  const shown = (box) => slides(box).findIndex((slide) => !slide.hidden);
  const around = (n, box) => { const all = slides(box).length; return (n + all) % all; };

  function fetchPicture(box, n) {
    const picture = slides(box).length ? slides(box)[around(n, box)].querySelector("img[data-src]") : null;
    if (!picture) return;
    picture.src = picture.dataset.src;
    picture.removeAttribute("data-src");
  }

  function show(box, n) {
    const chosen = around(n, box);
    fetchPicture(box, chosen);
    slides(box).forEach((slide, place) => { slide.hidden = place !== chosen; });
  }

  /* Who has turned once turns again: the next picture in that direction sets out already. */
  function turn(box, step) {
    show(box, shown(box) + step);
    fetchPicture(box, shown(box) + step);
  }

  const boxOf = (event) => event.target.closest && event.target.closest("[data-photos]");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-photo]"), shot = event.target.closest("[data-shot]"), box = boxOf(event);
    if (button && box) turn(box, Number(button.dataset.photo));
    if (shot && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      enlarge(Number(shot.dataset.shot));
    }
    if (event.target.closest("[data-shot-close]") || event.target.id === "shotbox") document.getElementById("shotbox").close();
  });

  function enlarge(n) {
    const dialog = document.getElementById("shotbox");
    show(dialog.querySelector("[data-photos]"), n);
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest && event.target.closest("#shotbox");
    const box = boxOf(event) || (dialog && dialog.querySelector("[data-photos]"));
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!box || !step || event.altKey || event.ctrlKey || event.metaKey || slides(box).length < 2) return;
    event.preventDefault();
    turn(box, step);
  });

  /* Just before it is turned to: the hand or the keyboard has come to the pictures. */
  for (const name of ["pointerover", "focusin", "touchstart"]) {
    document.addEventListener(name, (event) => { const box = boxOf(event); if (box) fetchPicture(box, shown(box) + 1); }, { passive: true });
  }

  let from = null;
  document.addEventListener("touchstart", (event) => {
    from = boxOf(event) && event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const box = boxOf(event), to = event.changedTouches[0];
    const right = from ? to.clientX - from.clientX : 0, down = from ? to.clientY - from.clientY : 0;
    from = null;
    if (box && Math.abs(right) > 40 && Math.abs(right) > 1.5 * Math.abs(down)) turn(box, right < 0 ? 1 : -1);
  }, { passive: true });

  /* A picture that cannot be had is a gap that says so; the others can still be turned to. */
  function missing(picture) {
    const told = picture.closest("[data-failed]");
    if (!told || !picture.getAttribute("src")) return;
    const gap = document.createElement("div"), words = document.createElement("span");
    gap.className = "nophoto";
    words.textContent = told.dataset.failed;
    gap.append(words);
    (picture.closest("a[data-shot]") || picture).replaceWith(gap);
  }
  document.addEventListener("error", (event) => { if (event.target.tagName === "IMG") missing(event.target); }, true);
  document.querySelectorAll("[data-failed] img, img[data-failed]").forEach((picture) => { if (picture.complete && !picture.naturalWidth) missing(picture); });
})();
