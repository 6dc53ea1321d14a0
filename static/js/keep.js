"use strict";
/* What is typed is kept: on the server a moment after the last key and on leaving, in this browser until the server has
   answered. Forms marked data-keep; without this file their button saves. */
(function () {
  const PASSING = ["unsaved", "saving"], TROUBLES = ["away", "clash", "refused"];
  const PAUSE = 1200, RETRY = 15000, PATIENCE = 4000;
  const copies = window.portalCopies, typed = copies.typed;
  const dialog = () => document.getElementById("session-end");

  function describe(field, id, by) {
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    field.setAttribute("aria-describedby", (by ? [id, ...others] : others).join(" "));
  }

  class Keeper {
    constructor(form) {
      this.form = form;
      this.state = form.querySelector("[data-keep-state]");
      this.key = copies.key(window.location.pathname, form);
      this.kept = JSON.stringify(typed(form));
      this.busy = null;
      this.stopped = false;
      form.keeper = this;
      this.timer = 0;
      this.restore();
      form.addEventListener("input", (event) => this.changed(event.target));
      form.addEventListener("change", (event) => this.changed(event.target));
      form.addEventListener("submit", (event) => this.pressed(event));
      document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { this.send(true); } });
      window.addEventListener("pagehide", () => this.send(true));
      window.addEventListener("online", () => this.send(false));
      /* Back from where the press led: what was saved there is not what this page has seen. */
      window.addEventListener("pageshow", (event) => { if (event.persisted && this.stopped) { window.location.reload(); } });
    }

    get dirty() { return JSON.stringify(typed(this.form)) !== this.kept; }

    /* The line under the form follows every step; spoken is what is news, not that it is saved at every pause. */
    tell(word, text) {
      const said = text || this.form.dataset[word];
      if (this.state.textContent !== said) { this.state.textContent = said; }
      this.state.classList.toggle("text-danger", TROUBLES.includes(word));
      if (PASSING.includes(word) || word === this.spoken) { return; }
      this.spoken = word;
      window.portalAnnounce(said);
    }

    changed(field) {
      if (field.type === "file" || !this.dirty) { return; }
      this.remember(field.name);
      if (this.stopped) { return; }
      this.tell("unsaved");
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(false), PAUSE);
    }

    /* What is just being kept comes first: the press would meet another content than its page has seen. */
    pressed(event) {
      if (this.busy && !this.waited) {
        event.preventDefault();
        event.stopPropagation();
        const patience = new Promise((resolve) => { window.setTimeout(resolve, PATIENCE); });
        Promise.race([this.busy, patience]).then(() => { this.waited = true; this.form.requestSubmit(event.submitter); });
        return;
      }
      this.stopped = true;
      window.clearTimeout(this.timer);
    }

    remember(focus) { copies.write(this.key, this.form, focus); }

    forget() { copies.forget(this.key); }

    restore() {
      const copy = copies.read(this.key);
      if (!copy || JSON.stringify(copy.words) === this.kept) { this.forget(); return; }
      copies.fill(this.form, copy);
      const note = document.createElement("div");
      note.className = "alert alert-info";
      note.textContent = this.form.dataset.restored;
      this.form.prepend(note);
      this.tell("restored");
      this.timer = window.setTimeout(() => this.send(false), PAUSE);
    }

    /* Where a file for the record is sent. It needs a record to belong to: a new one is kept first, whatever is typed. */
    addressForFiles() {
      const known = () => this.form.querySelector("[data-slot]").dataset.upload;
      if (known()) { return Promise.resolve(known()); }
      if (this.busy) { return this.busy.then(() => this.addressForFiles()); }
      return this.send(false, true).then(() => known() || Promise.reject(new Error(this.stopped ? "stopped" : "away")));
    }

    /* `forFile`: a file is to come, so the record is kept though nothing is typed. */
    send(leaving, forFile) {
      if (this.busy || this.stopped || !(this.dirty || forFile)) { return this.busy || Promise.resolve(); }
      window.clearTimeout(this.timer);
      const now = JSON.stringify(typed(this.form));
      const body = new FormData(this.form);
      Array.from(body.keys()).forEach((name) => { if (typeof body.get(name) !== "string") { body.delete(name); } });
      body.append("keep", forFile ? "file" : "yes");
      this.tell("saving");
      this.busy = fetch(this.form.action, { method: "POST", body: body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: leaving })
        .then((response) => this.answered(response, now))
        .catch(() => this.later())
        .finally(() => { this.busy = null; });
      return this.busy;
    }

    answered(response, now) {
      if (response.type === "opaqueredirect" || response.status === 403) { return this.asked(); }
      if (response.status === 409) {
        return response.json().then((answer) => {
          this.stopped = true;
          if (answer.stale) { this.tell("clash"); } else { this.tell("refused", answer.reasons.join(" ")); }
        });
      }
      if (response.status >= 400 && response.status < 500 && response.status !== 429) { return this.refused(); }
      if (!response.ok) { this.later(); return null; }
      return response.json().then((answer) => {
        if (!answer.kept) { this.state.textContent = ""; return; }
        this.kept = now;
        delete this.form.elements.csrfmiddlewaretoken.dataset.renewed;
        this.form.elements.seen.value = answer.seen;
        this.form.querySelectorAll("[data-slot]").forEach((slot) => {
          slot.dataset.upload = answer.upload;
          slot.dispatchEvent(new CustomEvent("asked", { detail: answer.slot }));
        });
        window.localStorage.setItem("portal-session-end", String(Date.now() + answer.seconds * 1000));
        this.moved(answer.action);
        this.mark(answer.wrong);
        if (this.dirty) { this.timer = window.setTimeout(() => this.send(false), PAUSE); } else { this.forget(); }
        const wrong = Object.keys(answer.wrong).length;
        this.tell("saved", this.form.dataset.saved + " " + answer.at + (wrong ? this.form.dataset.wrong.replace("{count}", wrong) : ""));
      });
    }

    /* Turned away: the session is over (its dialog leads to signing in), or signing in anew has made a new token. */
    asked() {
      this.later();
      return fetch(dialog().dataset.state, { headers: { Accept: "application/json" }, redirect: "manual" }).then((response) => {
        if (!response.ok) { window.localStorage.setItem("portal-session-end", "0"); return null; }
        return response.json().then((answer) => {
          const field = this.form.elements.csrfmiddlewaretoken;
          if (answer.person !== dialog().dataset.person || field.dataset.renewed) { this.refused(); return; }
          field.value = answer.token;
          field.dataset.renewed = "1";
          window.clearTimeout(this.timer);
          this.timer = window.setTimeout(() => this.send(false), 0);
        });
      });
    }

    /* A new record has an address of its own once it is kept: reloading must find it. */
    moved(action) {
      const there = new URL(action, window.location.href);
      if (there.pathname === new URL(this.form.action, window.location.href).pathname) { return; }
      this.form.action = there.pathname + there.search;
      this.forget();
      window.history.replaceState(null, "", there.pathname + there.search);
      this.key = copies.key(there.pathname, this.form);
    }

    mark(wrong) {
      Array.from(this.form.elements).forEach((field) => {
        if (!field.name || field.type === "hidden") { return; }
        const said = wrong[field.name];
        let note = document.getElementById("keep-" + field.id);
        field.classList.toggle("is-invalid", Boolean(said));
        if (!said) { if (note) { note.remove(); field.removeAttribute("aria-invalid"); describe(field, note.id, false); } return; }
        if (!note) {
          note = document.createElement("div");
          note.id = "keep-" + field.id;
          note.className = "text-danger";
          field.insertAdjacentElement("afterend", note);
        }
        note.textContent = said.join(" ");
        field.setAttribute("aria-invalid", "true");
        describe(field, note.id, true);
      });
    }

    /* What will not be taken however often it is sent: the text stays here, and the button shows why. */
    refused() {
      this.remember();
      this.stopped = true;
      window.clearTimeout(this.timer);
      this.tell("refused");
    }

    later() {
      this.remember();
      this.tell("away");
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(false), RETRY);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    copies.tidy();
    copies.keepAnswers();
    document.querySelectorAll("form[data-keep]").forEach((form) => new Keeper(form));
  });
})();
