"use strict";
/* One file on its way to the server: looked at, sent with its progress, cancelled, and sent again where it breaks. What
   it tells stands in a row of its own; js/upload.js, which follows this file, owns the rows. */
(function () {
  const PAUSES = [1500, 4000, 10000], STALLED = 60000;
  const STARTS = {
    "image/jpeg": [[0xff, 0xd8, 0xff]],
    "image/png": [[0x89, 0x50, 0x4e, 0x47]],
    "application/pdf": [[0x25, 0x50, 0x44, 0x46], [0xef, 0xbb, 0xbf, 0x25, 0x50, 0x44, 0x46]],
  };
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in words ? words[name] : whole));
  const sizeText = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB");
  const dialog = () => document.getElementById("session-end");
  const announce = window.portalAnnounce;

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
      }, () => fill(words.unreadable, named));
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
      if (state === "refused") { this.button("cancel").firstChild.textContent = this.slot.words.dismiss; }
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

  window.portalUpload = { Sending: Sending, element: element, fill: fill, renewToken: renewToken };
})();
