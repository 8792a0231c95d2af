// @ts-check
// The box in the header, its dialog, the shortcuts, and the box on the home page.
(function (baogao) {
  "use strict";

  const { el, button, composing, address, root } = baogao.ui;
  const PLACEHOLDER = "词语或数字，如 三会一课";

  /** @param {HTMLFormElement} form @param {HTMLInputElement} input */
  function guard(form, input) {
    let writing = false;
    form.action = root + "search.html";
    input.addEventListener("compositionstart", () => { writing = true; });
    input.addEventListener("compositionend", () => { writing = false; });
    form.addEventListener("submit", (event) => { if (writing || !input.value.trim()) { event.preventDefault(); } });
  }

  /** @type {any} */
  let field = null;
  const show = baogao.ui.dialog("检索历年报告", "bg-search-dialog", (/** @type {() => void} */ close) => {
    field = el("input", { type: "search", name: "q", class: "bg-field", "aria-label": "检索历年报告", placeholder: PLACEHOLDER });
    const form = el("form", { role: "search", method: "get", class: "bg-search" }, field,
      el("button", { type: "submit" }, "搜索"), button("关闭", close));
    guard(form, field);
    const { nodes } = baogao.ui.combo(field);
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      // In one press, also where the browser would only empty the box; an input method has Esc for itself.
      if (event.key === "Escape" && !composing(event)) { event.preventDefault(); close(); }
    });
    return [form, ...nodes, el("p", { class: "bg-keys" }, "↑ ↓ 选择　Enter 打开　Esc 关闭")];
  });

  function open() {
    show();
    enter(field);
  }

  /** @param {HTMLInputElement} box */
  function enter(box) {
    box.focus();
    box.select();
  }

  /** The page's own box, where it has one (home page, results page). */
  const own = /** @type {HTMLInputElement | null} */ (document.getElementById("bg-query"));

  /** @param {any} target @returns {boolean} whether keys typed there are text */
  const editable = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  // By the place of the key: under a Chinese input method "/" arrives as 、 or as Process.
  document.addEventListener("keydown", (event) => {
    if (composing(event) && event.code !== "Slash" || event.altKey || event.shiftKey || document.querySelector("dialog[open]")) { return; }
    const slash = event.code === "Slash" && !event.ctrlKey && !event.metaKey && !editable(event.target);
    if (slash || event.code === "KeyK" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (own) { enter(own); } else { open(); }
    }
  });

  const opener = button("", open, { class: "bg-opener", title: "检索历年报告（按 / 或 Ctrl+K）", "aria-haspopup": "dialog", onpointerenter: baogao.ui.warm });
  opener.append(el("span", { class: "bg-opener-box", "aria-hidden": "true" }, "检索历年报告"), el("span", { class: "bg-opener-name" }, "搜索"));
  const tools = el("div", { class: "bg-header-tools" }, opener);
  // The one place that knows the theme: without its header the button stands in a corner of the page.
  const header = document.querySelector(".md-header__inner");
  if (header) { header.append(tools); } else { document.body.prepend(tools); tools.classList.add("bg-alone"); }
  baogao.ui.tools = tools;

  const form = own && own.form;
  if (own && form) {
    guard(form, own);
    if (!document.getElementById("bg-find")) {
      const { nodes, close } = baogao.ui.combo(own);
      const popup = el("div", { class: "bg-popup" }, ...nodes);
      form.after(el("div", { class: "bg-popup-place" }, popup));
      /** @param {any} target */
      const inside = (target) => form.contains(target) || popup.contains(target);
      own.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !composing(event) && own.getAttribute("aria-expanded") === "true") { event.preventDefault(); close(); }
      });
      own.addEventListener("blur", (event) => { if (event.relatedTarget && !inside(event.relatedTarget)) { close(); } });
      document.addEventListener("pointerdown", (event) => { if (!inside(event.target)) { close(); } });
    }
  }
})(/** @type {any} */ (self).baogao);
