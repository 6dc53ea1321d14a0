"use strict";
/* The signature pad, and the desk's page that waits for the phone. Without this file one types one's name. */
(function () {
  const ASK_EVERY = 3000, GIVE_UP_AFTER = 12 * 60 * 1000;

  function pad(form) {
    const box = form.querySelector("[data-sign-box]"), canvas = form.querySelector("[data-sign-pad]");
    const state = form.querySelector("[data-sign-state]"), typed = form.querySelector("[data-sign-typed]");
    if (!window.SignaturePad || !box) { return; }
    box.hidden = false;
    if (!typed.querySelector(".is-invalid") && !form.elements.name.value) { typed.open = false; }
    const drawn = new window.SignaturePad(canvas, { penColor: "#000", minWidth: 1, maxWidth: 3 });

    /* The canvas has as many pixels as the screen gives it, up to what the server takes. Turning a phone changes its
       width: the strokes are drawn anew in proportion. */
    let width = 0;
    function fit() {
      if (!canvas.offsetWidth || canvas.offsetWidth === width) { return; }
      const ratio = Math.min(2, Math.max(1, window.devicePixelRatio || 1)), scale = width ? canvas.offsetWidth / width : 1;
      const strokes = drawn.toData().map((stroke) => Object.assign({}, stroke, {
        points: stroke.points.map((point) => Object.assign({}, point, { x: point.x * scale, y: point.y * Math.min(1, scale) })),
      }));
      width = canvas.offsetWidth;
      canvas.width = width * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      drawn.fromData(strokes);
    }
    function tell() {
      const count = drawn.toData().length;
      state.textContent = count ? state.dataset.some + " " + count + " " + state.dataset.strokes : state.dataset.none;
    }
    drawn.addEventListener("endStroke", tell);
    form.querySelector("[data-sign-undo]").addEventListener("click", () => { drawn.fromData(drawn.toData().slice(0, -1)); tell(); });
    form.querySelector("[data-sign-clear]").addEventListener("click", () => { drawn.clear(); tell(); });
    form.addEventListener("submit", (event) => {
      form.elements.picture.value = drawn.isEmpty() ? "" : drawn.toDataURL("image/png");
      if (drawn.isEmpty() && !form.elements.name.value.trim()) {
        event.preventDefault();
        event.stopPropagation();
        state.textContent = form.dataset.blank;
        typed.open = true;
        form.elements.name.focus();
      }
    });
    window.addEventListener("resize", fit);
    const shut = form.closest("details");
    if (shut) { shut.addEventListener("toggle", fit); }
    fit();
    tell();
  }

  function follow(line) {
    const began = Date.now();
    const say = (word) => { if (line.textContent !== line.dataset[word]) { line.textContent = line.dataset[word]; } };
    function ask() {
      if (Date.now() - began > GIVE_UP_AFTER) { say("expired"); return; }
      fetch(line.dataset.follow, { headers: { Accept: "application/json" }, redirect: "error" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then((answer) => {
          if (answer.state === "signed" || answer.state === "submitted") { say("signed"); window.location.assign(answer.onward); return; }
          say(answer.state);
          if (answer.state === "waiting") { window.setTimeout(ask, ASK_EVERY); }
        })
        .catch(() => { say("away"); window.setTimeout(ask, 3 * ASK_EVERY); });
    }
    say("waiting");
    window.setTimeout(ask, ASK_EVERY);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-sign]").forEach(pad);
    document.querySelectorAll("[data-follow]").forEach(follow);
  });
})();
