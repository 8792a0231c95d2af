// @ts-check
// 摘录: what a reader collected, kept in this browser (localStorage also works on file://), and copied with its sources.
(function (baogao) {
  "use strict";

  const { el } = baogao.ui;
  const KEY = "baogao.excerpts";
  const FIELDS = ["text", "title", "unit", "year", "url"];

  /**
   * @typedef {object} Excerpt every field a string; `url` is page and anchor below the root
   * @property {string} text @property {string} title @property {string} unit @property {string} year @property {string} url
   */

  /** @type {Excerpt[]} what is kept where there is no storage (private mode): lost with the page */
  let memory = [];
  /** Draws the panel anew; the panel puts itself here. */
  let draw = () => {};

  /** @returns {Excerpt[]} in the order in which they were collected; damaged entries are left out */
  function list() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(KEY) || "[]"); } catch (error) { return memory; }
    if (!Array.isArray(kept)) { return memory; }
    return kept.filter((entry) => entry && FIELDS.every((field) => typeof entry[field] === "string"));
  }

  /** @param {Excerpt[]} entries */
  function keep(entries) {
    memory = entries;
    // Where that fails they are kept in memory only.
    try { localStorage.setItem(KEY, JSON.stringify(entries)); } catch (error) { void error; }
    refresh();
  }

  /** @param {Excerpt} a @param {Excerpt} b */
  function same(a, b) {
    return a.text === b.text && a.url === b.url;
  }

  /** @param {Excerpt} entry */
  function has(entry) {
    return list().some((other) => same(entry, other));
  }

  /** Collect `entry`, or drop it when it is there. @param {Excerpt} entry */
  function toggle(entry) {
    const rest = list().filter((other) => !same(entry, other));
    keep(has(entry) ? rest : [...rest, entry]);
  }

  /** Show everywhere in this page what is collected now. */
  function refresh() {
    document.querySelectorAll(".bg-collect").forEach(show);
    draw();
  }
  window.addEventListener("storage", (event) => { if (event.key === KEY) { refresh(); } });

  /** @param {(() => void)} drawing is called now and after every change, in this page or another */
  function watch(drawing) {
    draw = drawing;
    draw();
  }

  /** @param {Excerpt} entry @returns {string} ——《标题》（单位，2022年度） */
  function source(entry) {
    const facts = [entry.unit, entry.year && entry.year + "年度"].filter(Boolean).join("，");
    return `——《${entry.title}》${facts && `（${facts}）`}`;
  }

  /** @param {Excerpt[]} entries */
  function asText(entries) {
    return entries.map((entry) => `${entry.text}\n${source(entry)}\n`).join("\n").replace(/\n/g, "\r\n");
  }

  /** Without styles, so that the text takes those of the document it is pasted into. @param {Excerpt[]} entries */
  function asHtml(entries) {
    const lines = entries.flatMap((entry) => [...entry.text.split("\n"), source(entry)]);
    return lines.map((line) => el("p", {}, line).outerHTML).join("");
  }

  /**
   * To the clipboard, plain and rich. By the copy event, not by navigator.clipboard: an intranet without https has none.
   * @param {Excerpt[]} entries @returns {boolean} whether it worked
   */
  function copy(entries) {
    let done = false;
    const fill = (/** @type {ClipboardEvent} */ event) => {
      if (!event.clipboardData) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData.setData("text/plain", asText(entries));
      event.clipboardData.setData("text/html", asHtml(entries));
      done = true;
    };
    document.addEventListener("copy", fill, true);
    document.execCommand("copy");
    document.removeEventListener("copy", fill, true);
    return done;
  }

  /** @param {any} made a collecting button; what it collects is its `entry` */
  function show(made) {
    const collected = has(made.entry);
    made.setAttribute("aria-pressed", String(collected));
    if (!made.hasAttribute("aria-label")) { made.textContent = collected ? "已摘录" : "摘录"; }
  }

  /**
   * A button that collects `entry`, and drops it again.
   * @param {Excerpt} entry @param {Record<string, any>} [attributes]
   */
  function collector(entry, attributes) {
    const made = baogao.ui.button("", () => toggle(entry), { class: "bg-button bg-collect", ...attributes });
    made.entry = entry;
    show(made);
    return made;
  }

  baogao.ui.excerpts = { list, keep, watch, source, asText, copy, collector };
})(/** @type {any} */ (self).baogao);
