"use strict";
/* Files are sent as soon as they are chosen, dragged or photographed, one after the other, each in a row of its own; a
   broken one is sent again by itself. Slots marked data-slot; without this file the button of their form sends them. */
(function () {
  const LOOKS = [1500, 1500, 2000, 3000, 5000], LOOK_NO_LONGER = 120;
  const { Sending, element, fill, renewToken } = window.portalUpload, announce = window.portalAnnounce;

  class Slot {
    constructor(root) {
      this.root = root;
      this.words = root.dataset;
      this.form = root.closest("form");
      this.input = root.querySelector("input[type=file]");
      this.document = root.querySelector("select");
      this.rows = root.querySelector("[data-rows]");
      this.sendings = [];
      this.current = null;
      this.looks = 0;
      this.following = false;
      this.named = false;
      this.told = 0;
      if (this.document) { this.document.addEventListener("change", () => { this.named = true; }); }
      this.input.addEventListener("change", () => { this.take(this.input.files); this.input.value = ""; });
      root.addEventListener("dragover", (event) => { event.preventDefault(); root.classList.add("slot-over"); });
      root.addEventListener("dragleave", (event) => { if (!root.contains(event.relatedTarget)) { root.classList.remove("slot-over"); } });
      root.addEventListener("drop", (event) => { event.preventDefault(); root.classList.remove("slot-over"); this.take(event.dataTransfer.files); });
      root.addEventListener("asked", (event) => this.tellAsked(event.detail));
      this.rows.addEventListener("click", (event) => this.clicked(event));
      root.querySelector("[data-ways]").hidden = false;
      root.querySelector("[data-chosen]").hidden = true; // each file has a row of its own
      this.offerNames();
      this.offerCamera();
      this.follow();
    }

    /* The camera has a button of its own: an input that asks for it would hide the choice of files. */
    offerCamera() {
      if (!window.matchMedia("(pointer: coarse)").matches) { return; }
      const camera = document.createElement("input");
      camera.type = "file";
      camera.accept = "image/jpeg";
      camera.setAttribute("capture", "environment");
      camera.addEventListener("change", () => { this.take(camera.files); camera.value = ""; });
      const button = this.root.querySelector("[data-photo]");
      button.hidden = false;
      button.addEventListener("click", () => camera.click());
      this.root.querySelector("[data-drag]").hidden = true;
    }

    address() { return this.form.keeper ? this.form.keeper.addressForFiles() : Promise.resolve(this.words.upload); }

    get isBusy() { return this.sendings.some((sending) => sending.isUnderWay); }

    take(files) {
      Array.from(files).forEach((file) => this.sendings.push(new Sending(this, file)));
      this.named = false;
      this.go();
    }

    go() {
      if (this.current) { return; }
      this.current = this.sendings.find((sending) => sending.state === "waiting") || null;
      if (this.current) { this.current.begin().finally(() => { this.current = null; this.go(); }); } else { this.ended(); }
    }

    /* The form was sent while files were on their way: now it goes, unless one of them needs a look. */
    ended() {
      if (!this.held || this.isBusy) { return; }
      const held = this.held;
      this.held = null;
      const failed = this.sendings.some((sending) => ["failed", "refused"].includes(sending.state));
      this.say(failed ? this.words.held : "");
      if (failed) { announce(this.words.held); } else { this.form.requestSubmit(held.button); }
    }

    /* What the notice asks and what of it is there; the next file most likely is what is lacking, unless its name has
       been chosen already. */
    tellAsked(answer) {
      this.told += 1;
      this.root.querySelector("[data-asked]").innerHTML = answer.asked;
      const join = this.root.querySelector("[data-join]");
      join.hidden = !answer.join;
      join.querySelector("a").href = answer.join;
      if (!this.document) { return; }
      const isNext = answer.next && !this.named && !this.isBusy && document.activeElement !== this.document;
      const chosen = isNext ? answer.next : this.document.value;
      const other = this.document.querySelector("option[value='']");
      this.document.replaceChildren(...answer.names.map((name) => new Option(name, name)), other);
      this.document.value = answer.names.includes(chosen) ? chosen : "";
      this.offerNames();
    }

    /* Which document a file is, is asked only where there is a choice; what is typed may bring one. */
    offerNames() {
      if (this.document) { this.document.closest(".mb-3").hidden = this.document.options.length < 2; }
    }

    say(text) { this.root.querySelector("[data-slot-state]").textContent = text || ""; }

    rowOf(id) { return this.rows.querySelector('[data-piece="' + id + '"]'); }

    focusIn(row) {
      const inside = row && row.querySelector("a:not([tabindex='-1']), button:not([hidden])");
      (inside || this.input).focus();
    }

    takeOut(row) {
      const held = row.contains(document.activeElement), next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      if (held) { this.focusIn(next); }
    }

    /* The check of a file runs by itself; its row follows. */
    follow() {
      if (this.following || !this.rows.querySelector("[data-waiting]") || this.looks >= LOOK_NO_LONGER) { return; }
      this.following = true;
      window.setTimeout(() => {
        const told = this.told; /* An answer to what was asked before another came knows less than that one. */
        this.looks += 1;
        fetch(this.words.upload, { headers: { Accept: "application/json" }, redirect: "manual" })
          .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
          .then((answer) => { if (told === this.told) { this.tellAsked(answer); } answer.files.filter((file) => !file.waiting).forEach((file) => this.checked(file)); })
          .catch(() => {})
          .finally(() => { this.following = false; this.follow(); });
      }, LOOKS[Math.min(this.looks, LOOKS.length - 1)]);
    }

    checked(file) {
      const row = this.rowOf(file.id);
      if (!row || !row.hasAttribute("data-waiting")) { return; }
      const held = row.contains(document.activeElement), fresh = element(file.row);
      row.replaceWith(fresh);
      if (held) { this.focusIn(fresh); }
      announce(file.refusal || file.name + "：" + file.said);
    }

    clicked(event) {
      const mover = event.target.closest("button[name=move]"), link = event.target.closest("[data-remove]");
      if (mover || link) { event.preventDefault(); }
      if (mover) { this.move(mover); }
      if (link) { this.remove(link); }
    }

    /* What is done with a file there is. Where it is not done, the slot says why; where the session is over, its dialog. */
    post(address, name, value, again) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      if (name) { body.append(name, value); }
      return fetch(address, { method: "POST", body: body, headers: { Accept: "application/json" }, redirect: "manual" })
        .then((response) => {
          if (response.ok) { return response.json(); }
          if (response.status === 409) { return response.json().then((answer) => this.undone(answer.reasons.join(" "))); }
          if (response.status >= 500) { return this.undone(this.words.undone); }
          if (again) { return this.undone(this.words.shut); }
          return renewToken().then((same) => (same ? this.post(address, name, value, true) : null));
        })
        .catch(() => this.undone(this.words.undone));
    }

    undone(said) {
      this.say(said);
      return null;
    }

    move(button) {
      const row = button.closest("[data-piece]"), up = button.value === "up";
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other || !other.dataset.piece) { return; }
      this.post(button.formAction, "move", button.value).then((answer) => {
        if (!answer) { return; }
        this.say("");
        if (up) { other.before(row); } else { other.after(row); }
        const places = Array.from(this.rows.children), style = window.getComputedStyle(button);
        (style.visibility === "hidden" || style.display === "none" ? row.querySelector("button[name=move]:not([value=" + button.value + "])") : button).focus();
        announce(fill(this.words.moved, { name: this.nameOf(row), place: places.indexOf(row) + 1, count: places.length }));
      });
    }

    nameOf(row) { return row.querySelector("[data-name]").firstChild.textContent; }

    remove(link) {
      const row = link.closest("[data-piece]"), name = this.nameOf(row);
      if (!window.confirm(fill(this.words.askRemove, { name: name }))) { return; }
      this.post(link.href).then((answer) => {
        if (!answer) { return; }
        this.say("");
        this.takeOut(row);
        this.tellAsked(answer);
        announce(fill(this.words.removed, { name: name }));
      });
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const slots = Array.from(document.querySelectorAll("[data-slot]"), (root) => new Slot(root));
    if (!slots.length) { return; }
    document.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
    /* A file dropped beside the slot must not take the page away. */
    ["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => event.preventDefault()));
    document.addEventListener("submit", (event) => {
      const busy = slots.find((slot) => slot.form === event.target && slot.isBusy);
      if (!busy) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      busy.held = { button: event.submitter };
      busy.say(busy.words.hold);
    }, true);
    window.addEventListener("beforeunload", (event) => { if (slots.some((slot) => slot.isBusy)) { event.preventDefault(); } });
  });
})();
