"use strict";
/* What is typed is kept: on the server a moment after the last key and on leaving, in this browser until the server has
   answered. Forms marked data-keep; without this file their button saves. */
(function () {
  const PREFIX = "portal-typed:", PAUSE = 1200, RETRY = 15000, WHOLE = ["csrfmiddlewaretoken", "seen", "new", "keep"];
  const dialog = () => document.getElementById("session-end");
  const person = () => (dialog() ? dialog().dataset.person : "");

  /* The words of a form, without files and without what the page itself put there. */
  function typed(form) {
    const words = {};
    new FormData(form).forEach((value, name) => {
      const field = form.elements[name];
      if (typeof value === "string" && !WHOLE.includes(name) && !(field.closest && field.closest("[data-slot]"))) { words[name] = value; }
    });
    return words;
  }

  class Keeper {
    constructor(form) {
      this.form = form;
      this.state = form.querySelector("[data-keep-state]");
      this.key = PREFIX + person() + ":" + window.location.pathname + ":" + form.elements.kind.value;
      this.kept = JSON.stringify(typed(form));
      this.busy = null;
      this.stopped = false;
      form.keeper = this;
      this.timer = 0;
      this.restore();
      form.addEventListener("input", (event) => this.changed(event.target));
      form.addEventListener("change", (event) => this.changed(event.target));
      form.addEventListener("submit", () => { this.stopped = true; window.clearTimeout(this.timer); });
      document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { this.send(true); } });
      window.addEventListener("pagehide", () => this.send(true));
      window.addEventListener("online", () => this.send(false));
      window.addEventListener("pageshow", (event) => { if (event.persisted) { this.stopped = false; } });
    }

    get dirty() { return JSON.stringify(typed(this.form)) !== this.kept; }

    tell(text, trouble) {
      if (!this.state) { return; }
      this.state.textContent = text;
      this.state.classList.toggle("text-danger", Boolean(trouble));
    }

    changed(field) {
      if (field.type === "file" || !this.dirty) { return; }
      this.remember(field.name);
      this.tell(this.form.dataset.unsaved);
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(false), PAUSE);
    }

    /* The copy in this browser bridges what the server has not confirmed: a session that ended, a line that broke. */
    remember(focus) {
      try {
        const copy = { words: typed(this.form), seen: this.form.elements.seen.value, focus: focus };
        window.localStorage.setItem(this.key, JSON.stringify(copy));
      } catch (full) { /* The page itself still holds it. */ }
    }

    forget() { window.localStorage.removeItem(this.key); }

    restore() {
      let copy = null;
      try { copy = JSON.parse(window.localStorage.getItem(this.key)); } catch (broken) { this.forget(); }
      if (!copy || JSON.stringify(copy.words) === this.kept) { this.forget(); return; }
      Array.from(this.form.elements).forEach((field) => {
        if (!field.name || field.type === "file" || field.type === "hidden") { return; }
        const said = copy.words[field.name];
        if (field.type === "checkbox" || field.type === "radio") { field.checked = said === field.value; }
        else if (said !== undefined) { field.value = said; }
      });
      /* What was typed over an older content must not pass for typed over this one. */
      this.form.elements.seen.value = copy.seen;
      const field = copy.focus && this.form.elements[copy.focus];
      if (field && field.focus) { field.focus(); }
      this.tell(this.form.dataset.restored);
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
      this.tell(this.form.dataset.saving);
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
          this.tell(answer.stale ? this.form.dataset.clash : answer.reasons.join(" "), true);
        });
      }
      if (!response.ok) { this.later(); return null; }
      return response.json().then((answer) => {
        if (!answer.kept) { this.tell(""); return; }
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
        this.tell(this.form.dataset.saved + " " + answer.at);
      });
    }

    /* Turned away: the session is over (its dialog leads to signing in), or signing in anew has made a new token. */
    asked() {
      this.later();
      return fetch(dialog().dataset.state, { headers: { Accept: "application/json" }, redirect: "manual" }).then((response) => {
        if (!response.ok) { window.localStorage.setItem("portal-session-end", "0"); return null; }
        return response.json().then((answer) => {
          const field = this.form.elements.csrfmiddlewaretoken;
          if (answer.person !== person() || field.dataset.renewed) {
            this.stopped = true;
            this.tell(this.form.dataset.refused, true);
            return;
          }
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
      this.key = PREFIX + person() + ":" + there.pathname + ":" + this.form.elements.kind.value;
    }

    mark(wrong) {
      Array.from(this.form.elements).forEach((field) => {
        if (!field.name || field.type === "hidden") { return; }
        const said = wrong[field.name];
        let note = document.getElementById("keep-" + field.id);
        field.classList.toggle("is-invalid", Boolean(said));
        if (!said) { if (note) { note.remove(); field.removeAttribute("aria-invalid"); } return; }
        if (!note) {
          note = document.createElement("div");
          note.id = "keep-" + field.id;
          note.className = "text-danger";
          field.insertAdjacentElement("afterend", note);
        }
        note.textContent = said.join(" ");
        field.setAttribute("aria-invalid", "true");
      });
    }

    later() {
      this.remember();
      this.tell(this.form.dataset.away, true);
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(false), RETRY);
    }
  }

  /* On a shared computer nobody finds the words of another: they go with signing out, and where someone else signs in. */
  function tidy() {
    const mine = PREFIX + person() + ":";
    Object.keys(window.localStorage).forEach((key) => {
      if (key.startsWith(PREFIX) && person() && !key.startsWith(mine)) { window.localStorage.removeItem(key); }
    });
    document.querySelectorAll("form[data-forget-typed]").forEach((form) => form.addEventListener("submit", () => {
      Object.keys(window.localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => window.localStorage.removeItem(key));
    }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    tidy();
    document.querySelectorAll("form[data-keep]").forEach((form) => new Keeper(form));
  });
})();
