"use strict";
/* The copy in this browser bridges what the server has not confirmed: a session that ended, a line that broke. One copy a
   form and person; js/keep.js, which follows this file, says when. */
(function () {
  const PREFIX = "portal-typed:", WHOLE = ["csrfmiddlewaretoken", "seen", "new", "keep"];
  const person = () => { const dialog = document.getElementById("session-end"); return dialog ? dialog.dataset.person : ""; };
  const keys = () => Object.keys(window.localStorage).filter((key) => key.startsWith(PREFIX));

  /* The words of a form, without files and without what the page itself put there. */
  function typed(form) {
    const words = {};
    new FormData(form).forEach((value, name) => {
      const field = form.elements[name];
      if (typeof value === "string" && !WHOLE.includes(name) && !(field.closest && field.closest("[data-slot]"))) { words[name] = value; }
    });
    return words;
  }

  function key(path, form) { return PREFIX + person() + ":" + path + ":" + form.elements.kind.value; }

  function write(key, form, focus) {
    try {
      const copy = { words: typed(form), seen: form.elements.seen.value, about: form.dataset.about, focus: focus };
      window.localStorage.setItem(key, JSON.stringify(copy));
    } catch (full) { /* The page itself still holds it. */ }
  }

  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(key)); } catch (broken) { return null; }
  }

  function forget(key) { window.localStorage.removeItem(key); }

  /* Puts the copy back into its form, and the person where they were. */
  function fill(form, copy) {
    Array.from(form.elements).forEach((field) => {
      if (!field.name || field.type === "file" || field.type === "hidden") { return; }
      const said = copy.words[field.name];
      if (field.type === "checkbox" || field.type === "radio") { field.checked = said === field.value; }
      else if (said !== undefined) { field.value = said; }
      field.dispatchEvent(new Event("input"));
    });
    /* What was typed over an older content must not pass for typed over this one; nor make a second new record. */
    form.elements.seen.value = copy.seen;
    if (form.elements.new && copy.about) { form.elements.new.value = form.dataset.about = copy.about; }
    const field = copy.focus && form.elements[copy.focus];
    if (field && field.focus) { field.focus(); }
  }

  /* On a shared computer nobody finds the words of another: they go with signing out, and where someone else signs in.
     The page that follows a press of the button says which record was saved: its copy has done its service. */
  function tidy() {
    const mine = PREFIX + person() + ":";
    if (person()) { keys().filter((key) => !key.startsWith(mine)).forEach(forget); }
    document.querySelectorAll("[data-kept]").forEach((told) => {
      keys().filter((key) => (read(key) || {}).about === told.dataset.kept).forEach(forget);
    });
    document.querySelectorAll("form[data-forget-typed]").forEach((form) => form.addEventListener("submit", () => keys().forEach(forget)));
  }

  /* A word typed into a form of its own beside the record's: pressing the record's button, or a refusal, loses it not. */
  function keepAnswers() {
    document.querySelectorAll("input[data-keep-answer]").forEach((input) => {
      const place = PREFIX + person() + ":" + input.form.getAttribute("action");
      input.value = input.value || window.localStorage.getItem(place) || "";
      input.addEventListener("input", () => {
        if (input.value) { window.localStorage.setItem(place, input.value); } else { forget(place); }
      });
    });
  }

  window.portalCopies = { typed: typed, key: key, write: write, read: read, forget: forget, fill: fill, tidy: tidy, keepAnswers: keepAnswers };
})();
