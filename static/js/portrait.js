"use strict";
/* The frame of a portrait, shown while it is chosen. The server cuts by the same figures, with or without this file. */
(function () {
  const form = document.querySelector("[data-portrait]");
  const figure = document.querySelector("[data-portrait-preview]");
  if (!form || !figure || !window.createImageBitmap) { return; }
  const canvas = figure.querySelector("canvas"), state = figure.querySelector("[role=status]");
  const slider = (name) => form.elements[name];
  let picture = null, drag = null;

  /* As portrait_child.py: as large as the ratio allows, divided by the zoom. */
  function frame() {
    const width = Math.min(picture.width, picture.height * canvas.width / canvas.height) / (slider("zoom").value / 100);
    const height = width * canvas.height / canvas.width;
    return {
      width, height,
      left: (picture.width - width) * slider("across").value / 100,
      top: (picture.height - height) * slider("down").value / 100,
    };
  }

  function draw() {
    if (!picture) { return; }
    const at = frame();
    canvas.getContext("2d").drawImage(picture, at.left, at.top, at.width, at.height, 0, 0, canvas.width, canvas.height);
    const small = Math.round(at.width) < canvas.width || Math.round(at.height) < canvas.height;
    const text = small ? state.dataset.small : "";
    if (state.textContent !== text) { state.textContent = text; }
    state.classList.toggle("text-danger", small);
  }

  async function choose() {
    const file = slider("picture").files[0];
    picture = null;
    figure.hidden = !file;
    if (!file) { return; }
    try {
      picture = await window.createImageBitmap(file, { imageOrientation: "from-image" });
      draw();
    } catch {
      state.textContent = state.dataset.unreadable;
      state.classList.add("text-danger");
    }
  }

  function move(event) {
    if (!drag || !picture) { return; }
    const at = frame(), scale = at.width / canvas.clientWidth;
    for (const [name, free, by] of [
      ["across", picture.width - at.width, drag.x - event.clientX],
      ["down", picture.height - at.height, drag.y - event.clientY],
    ]) {
      if (free > 0) { slider(name).value = drag[name] + by * scale / free * 100; }
    }
    draw();
  }

  form.addEventListener("input", draw);
  slider("picture").addEventListener("change", choose);
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, across: Number(slider("across").value), down: Number(slider("down").value) };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", () => { drag = null; });
  canvas.addEventListener("pointercancel", () => { drag = null; });
  choose();
})();
