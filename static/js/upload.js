"use strict";
/* Files are sent as soon as they are chosen, dragged or photographed, one after the other, each in a row of its own; a
   broken one is sent again by itself. Slots marked data-slot; without this file the button of their form sends them. */
(function () {
  const PAUSES = [1500, 4000, 10000], STALLED = 60000, LOOKS = [1500, 1500, 2000, 3000, 5000], LOOK_NO_LONGER = 120;
  const STARTS = {
    "image/jpeg": [[0xff, 0xd8, 0xff]],
    "image/png": [[0x89, 0x50, 0x4e, 0x47]],
    "application/pdf": [[0x25, 0x50, 0x44, 0x46], [0xef, 0xbb, 0xbf, 0x25, 0x50, 0x44, 0x46]],
  };
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in words ? words[name] : whole));
  const sizeText = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB");
  const dialog = () => document.getElementById("session-end");

  function announce(text) {
    const region = document.getElementById("live-region");
    if (region) { region.textContent = ""; window.setTimeout(() => { region.textContent = text; }, 50); }
  }

  function element(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content.firstElementChild;
  }

  /* What an answer says; null where it is no JSON, such as the page for signing in. */
  function read(text) {
    try { return JSON.parse(text); } catch (page) { return null; }
  }

  /* The token of a session that was begun anew by the same person; false where nobody, or somebody else, is signed in. */
  function renewToken() {
    return fetch(dialog().dataset.state, { headers: { Accept: "application/json" }, redirect: "manual" })
      .then((response) => (response.ok ? response.json() : null))
      .then((answer) => {
        if (!answer) { window.localStorage.setItem("portal-session-end", "0"); return false; }
        if (answer.person !== dialog().dataset.person) { return false; }
        document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = answer.token; });
        return true;
      });
  }

  /* One file on its way. */
  class Sending {
    constructor(slot, file) {
      this.slot = slot;
      this.file = file;
      this.document = slot.document ? slot.document.value : null;
      this.breaks = 0;
      this.renewed = false;
      this.state = "waiting";
      this.row = document.importNode(slot.root.querySelector("template[data-row]").content, true).firstElementChild;
      this.row.querySelector("[data-name]").textContent = file.name;
      this.row.querySelector("[data-size]").textContent = sizeText(file.size);
      this.row.querySelectorAll("button .visually-hidden").forEach((hidden) => { hidden.textContent += file.name; });
      this.progress = this.row.querySelector("progress");
      this.progress.setAttribute("aria-label", slot.words.sending + "：" + file.name);
      this.button("retry").addEventListener("click", () => this.retry());
      this.button("cancel").addEventListener("click", () => this.cancel());
      this.tell(slot.words.waitingTurn);
      slot.rows.append(this.row);
    }

    button(name) { return this.row.querySelector("[data-" + name + "]"); }

    get isUnderWay() { return ["waiting", "sending", "broken"].includes(this.state); }

    tell(text, trouble) {
      const place = this.row.querySelector("[data-state]");
      place.textContent = text;
      place.classList.toggle("text-danger", Boolean(trouble));
    }

    /* Type and size before anything is sent; the server looks again. */
    look() {
      const { input, words } = this.slot, named = { name: this.file.name };
      if (!this.file.size) { return Promise.resolve(fill(words.empty, named)); }
      if (this.file.size > Number(input.dataset.maxBytes)) {
        return Promise.resolve(fill(words.tooLarge, { ...named, most: sizeText(Number(input.dataset.maxBytes)) }));
      }
      return this.file.slice(0, 8).arrayBuffer().then((head) => {
        const bytes = new Uint8Array(head);
        const known = input.dataset.types.split(" ").flatMap((type) => STARTS[type] || []);
        return known.some((start) => start.every((byte, index) => bytes[index] === byte)) ? "" : fill(words.wrongType, named);
      });
    }

    begin() {
      this.state = "sending";
      this.tell(this.slot.words.sending);
      this.progress.value = 0;
      this.progress.hidden = this.button("cancel").hidden = false;
      this.button("retry").hidden = true;
      return this.look()
        .then((wrong) => (wrong ? this.refused(wrong) : this.slot.address().then((address) => this.send(address))))
        .catch((error) => (error.message === "stopped" ? this.failed(this.slot.words.unkept) : this.broke()));
    }

    send(address) {
      if (this.state !== "sending") { return null; }
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.slot.form.elements.csrfmiddlewaretoken.value);
      if (this.document !== null) { body.append("document", this.document); }
      body.append("uploads", this.file, this.file.name);
      return new Promise((resolve) => {
        const request = this.request = new XMLHttpRequest();
        let watch = 0;
        const alive = () => { window.clearTimeout(watch); watch = window.setTimeout(() => { request.abort(); end(() => this.broke()); }, STALLED); };
        const end = (act) => { window.clearTimeout(watch); this.request = null; resolve(act()); };
        request.upload.addEventListener("progress", (event) => { alive(); this.progress.value = event.total ? (100 * event.loaded) / event.total : 0; });
        request.upload.addEventListener("load", () => this.arrived());
        request.addEventListener("load", () => end(() => this.answered(request)));
        request.addEventListener("error", () => end(() => this.broke()));
        request.addEventListener("abort", () => { window.clearTimeout(watch); resolve(null); });
        request.open("POST", address);
        request.setRequestHeader("Accept", "application/json");
        request.send(body);
        alive();
      });
    }

    /* From here on the server has it: taking it back would be a removal. */
    arrived() {
      const held = this.row.contains(document.activeElement);
      this.button("cancel").hidden = true;
      this.tell(this.slot.words.arrived);
      if (held) { this.row.focus(); }
    }

    answered(request) {
      const answer = read(request.responseText);
      if (answer && answer.file) { return this.taken(answer); }
      const said = answer && answer.reasons ? answer.reasons.join(" ") : "";
      if (request.status >= 500 || request.status === 429) { return this.broke(said); }
      if (said) { return this.refused(said); }
      if (request.status === 413) { return this.refused(fill(this.slot.words.tooLarge, { name: this.file.name, most: sizeText(Number(this.slot.input.dataset.maxBytes)) })); }
      if (this.renewed) { return this.failed(this.slot.words.shut); }
      this.renewed = true;
      return renewToken().then((same) => (same ? this.begin() : this.failed(this.slot.words.signedOut)));
    }

    taken(answer) {
      const held = this.row.contains(document.activeElement), there = this.slot.rowOf(answer.file.id);
      this.state = "taken";
      this.slot.looks = 0;
      window.localStorage.setItem("portal-session-end", String(Date.now() + answer.seconds * 1000));
      const row = element(answer.file.row);
      if (there) { there.replaceWith(row); this.row.remove(); } else { this.row.replaceWith(row); }
      if (held) { this.slot.focusIn(row); }
      this.slot.say(answer.same);
      this.slot.tellAsked(answer);
      announce(answer.same || fill(this.slot.words.taken, { name: answer.file.name }));
      this.slot.follow();
    }

    broke(said) {
      if (this.state !== "sending") { return; }
      const most = PAUSES.length;
      if (this.breaks >= most) { this.failed(said || fill(this.slot.words.failed, { most: most })); return; }
      const pause = PAUSES[this.breaks];
      this.breaks += 1;
      this.state = "broken";
      this.button("cancel").hidden = false;
      this.tell(fill(this.slot.words.again, { seconds: Math.ceil(pause / 1000), number: this.breaks, most: most }), true);
      this.timer = window.setTimeout(() => { this.state = "waiting"; this.slot.go(); }, pause);
    }

    failed(said) {
      this.stop("failed", said);
      this.button("retry").hidden = false;
    }

    refused(said) { this.stop("refused", said); }

    stop(state, said) {
      this.state = state;
      this.progress.hidden = true;
      this.button("cancel").hidden = false;
      this.tell(said, true);
      announce(said);
    }

    retry() {
      this.breaks = 0;
      this.renewed = false;
      this.state = "waiting";
      this.button("retry").hidden = true;
      this.tell(this.slot.words.waitingTurn);
      this.row.focus();
      this.slot.go();
    }

    cancel() {
      const wasUnderWay = this.isUnderWay;
      this.state = "cancelled";
      window.clearTimeout(this.timer);
      if (this.request) { this.request.abort(); }
      this.slot.takeOut(this.row);
      if (wasUnderWay) { announce(fill(this.slot.words.cancelled, { name: this.file.name })); }
      this.slot.go();
    }
  }

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
      this.input.addEventListener("change", () => { this.take(this.input.files); this.input.value = ""; });
      root.addEventListener("dragover", (event) => { event.preventDefault(); root.classList.add("slot-over"); });
      root.addEventListener("dragleave", (event) => { if (!root.contains(event.relatedTarget)) { root.classList.remove("slot-over"); } });
      root.addEventListener("drop", (event) => { event.preventDefault(); root.classList.remove("slot-over"); this.take(event.dataTransfer.files); });
      this.rows.addEventListener("click", (event) => this.clicked(event));
      root.querySelector("[data-ways]").hidden = false;
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

    /* What the notice asks and what of it is there; the next file most likely is what is lacking. */
    tellAsked(answer) {
      this.root.querySelector("[data-asked]").innerHTML = answer.asked;
      const join = this.root.querySelector("[data-join]");
      join.hidden = !answer.join;
      join.querySelector("a").href = answer.join;
      const isLast = !this.sendings.some((sending) => sending.isUnderWay);
      if (this.document && answer.next && isLast) { this.document.value = answer.next; }
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
        this.looks += 1;
        fetch(this.words.upload, { headers: { Accept: "application/json" }, redirect: "manual" })
          .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
          .then((answer) => { this.tellAsked(answer); answer.files.filter((file) => !file.waiting).forEach((file) => this.checked(file)); })
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

    /* The form of this page, or the address itself where the script may not do it: that page says why. */
    post(address, name, value) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      if (name) { body.append(name, value); }
      return fetch(address, { method: "POST", body: body, headers: { Accept: "application/json" }, redirect: "manual" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .catch((error) => { window.location.assign(address); throw error; });
    }

    move(button) {
      const row = button.closest("[data-piece]"), up = button.value === "up";
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other || !other.dataset.piece) { return; }
      this.post(button.formAction, "move", button.value).then(() => {
        if (up) { other.before(row); } else { other.after(row); }
        const places = Array.from(this.rows.children), hidden = window.getComputedStyle(button).visibility === "hidden";
        (hidden ? row.querySelector("button[name=move]:not([value=" + button.value + "])") : button).focus();
        announce(fill(this.words.moved, { name: this.nameOf(row), place: places.indexOf(row) + 1, count: places.length }));
      }).catch(() => {});
    }

    nameOf(row) { return row.querySelector("[data-name]").firstChild.textContent; }

    remove(link) {
      const row = link.closest("[data-piece]"), name = this.nameOf(row);
      if (!window.confirm(fill(this.words.askRemove, { name: name }))) { return; }
      this.post(link.href).then((answer) => {
        this.takeOut(row);
        this.tellAsked(answer);
        announce(fill(this.words.removed, { name: name }));
      }).catch(() => {});
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
