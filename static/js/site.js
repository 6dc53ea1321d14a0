"use strict";
/* Improvements only: every page works without this file. */
(function () {
  const ready = (act) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", act) : act());
  const announce = (text) => {
    const region = document.getElementById("live-region");
    if (region) { region.textContent = ""; window.setTimeout(() => { region.textContent = text; }, 50); }
  };

  window.portalAnnounce = announce;

  /* The error summary, or a refusal, takes the focus, so that it is read first. */
  function focusErrors(root) {
    const summary = root.querySelector("[data-focus-on-load]");
    if (summary) { summary.focus(); }
  }

  /* A form is sent once, however often the button is pressed. */
  function sendOnce() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.method !== "post" || form.hasAttribute("data-hx-post") || form.hasAttribute("hx-post")) { return; }
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      window.setTimeout(() => { delete form.dataset.sent; }, 8000);
    });
    window.addEventListener("pageshow", () => {
      document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    });
  }

  /* A file too large is named before it is sent: data-max-bytes on the input, data-too-large its sentence. */
  function checkFileSizes() {
    document.addEventListener("change", (event) => {
      const input = event.target;
      if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.dataset.maxBytes) { return; }
      const large = Array.from(input.files).filter((file) => file.size > Number(input.dataset.maxBytes));
      input.setCustomValidity(large.length ? input.dataset.tooLarge + large.map((file) => file.name).join("、") : "");
      if (large.length) { input.reportValidity(); announce(input.validationMessage); }
    });
  }

  /* The names of chosen files, beside the button that stands for the browser's own. */
  function tellChosen() {
    const tell = (input) => {
      const place = input.parentElement && input.parentElement.querySelector("[data-chosen]");
      if (!place) { return; }
      place.dataset.none = place.dataset.none || place.textContent;
      const names = Array.from(input.files, (file) => file.name);
      const several = names.length > 1 ? place.dataset.several.replace("{count}", names.length) : "";
      place.textContent = names.length ? several + names.join("、") : place.dataset.none;
    };
    document.addEventListener("change", (event) => { if (event.target.type === "file") { tell(event.target); } });
    window.addEventListener("pageshow", () => document.querySelectorAll(".file-choice > input").forEach(tell));
  }

  /* How much of a long text there is, and how much too much: data-most on the textarea. */
  function countCharacters() {
    document.querySelectorAll("textarea[data-most]").forEach((area) => {
      const line = document.createElement("div");
      line.id = area.id + "_count";
      area.insertAdjacentElement("afterend", line);
      area.setAttribute("aria-describedby", [line.id, area.getAttribute("aria-describedby")].filter(Boolean).join(" "));
      let wasOver = false;
      const tell = () => {
        const count = area.value.length, over = count - Number(area.dataset.most), isOver = over > 0;
        const words = { count: count, over: over, most: area.dataset.most };
        line.textContent = (isOver ? area.dataset.over : area.dataset.count).replace(/\{(\w+)\}/g, (whole, name) => words[name]);
        line.className = isOver ? "text-danger" : "form-text";
        if (isOver && !wasOver) { announce(line.textContent); }
        wasOver = isOver;
      };
      area.addEventListener("input", tell);
      tell();
    });
  }

  /* Some minutes before the session ends a dialog offers to stay. All windows share one end. */
  const END_KEY = "portal-session-end";
  function warnOfSessionEnd() {
    const dialog = document.getElementById("session-end");
    if (!dialog || !dialog.showModal) { return; }
    const warnBefore = Number(dialog.dataset.warnSeconds) * 1000;
    const asked = dialog.querySelector("[data-session-asked]");
    const ended = dialog.querySelector("[data-session-ended]");
    const remaining = dialog.querySelector("[data-session-remaining]");
    const form = dialog.querySelector("form");
    const setEnd = (seconds) => window.localStorage.setItem(END_KEY, String(Date.now() + seconds * 1000));
    const left = () => Number(window.localStorage.getItem(END_KEY)) - Date.now();
    setEnd(Number(dialog.dataset.sessionSeconds));

    /* After the end a page keeps what was typed, but its forms carry a token of the session that is gone. */
    let over = false, asking = false;
    function goOn() {
      if (asking) { return; }
      asking = true;
      fetch(dialog.dataset.state, { headers: { Accept: "application/json" }, redirect: "error" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then((answer) => {
          if (answer.person !== dialog.dataset.person) {
            dialog.querySelector("[data-session-advice]").textContent = dialog.dataset.other;
            return;
          }
          document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = answer.token; });
          over = false;
          setEnd(answer.seconds);
          dialog.close();
          announce(dialog.dataset.back);
        })
        .catch(() => {})
        .finally(() => { window.setTimeout(() => { asking = false; }, 3000); });
    }

    window.setInterval(() => {
      const time = left();
      over = over || time <= 0;
      if (time > warnBefore) {
        if (over) { goOn(); } else if (dialog.open) { dialog.close(); }
        return;
      }
      asked.hidden = time <= 0;
      ended.hidden = time > 0;
      remaining.textContent = String(Math.max(1, Math.ceil(time / 60000)));
      if (!dialog.open) { dialog.showModal(); }
    }, 1000);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then((answer) => { setEnd(answer.seconds); dialog.close(); announce(dialog.dataset.stayed); })
        .catch(() => { setEnd(0); });
    });
  }

  /* What stands beside a form on a desk stands below it on a phone, and folded. */
  function foldBelow() {
    if (window.matchMedia("(max-width: 991.98px)").matches) {
      document.querySelectorAll("details[data-fold-below]").forEach((details) => { details.open = false; });
    }
  }

  ready(() => {
    foldBelow();
    focusErrors(document);
    sendOnce();
    checkFileSizes();
    tellChosen();
    countCharacters();
    warnOfSessionEnd();
    document.body.addEventListener("htmx:afterSettle", (event) => {
      focusErrors(event.target);
      const spoken = event.target.querySelector("[data-announce]");
      if (spoken) { announce(spoken.dataset.announce); }
    });
  });
})();
