// @ts-check
// The panel that lists what was collected, its button in the header, and the buttons beside the paragraphs of a report.
(function (baogao) {
  "use strict";

  const { el, button, root, excerpts } = baogao.ui;

  const entries = el("ol", { class: "bg-excerpts" });
  const said = baogao.ui.outcome();
  const byHand = el("textarea", { class: "bg-by-hand", readonly: true, rows: "8", "aria-label": "摘录全文（带出处）", hidden: true });
  /** What there was before the last removal. */
  let before = excerpts.list();

  /** @param {any[]} rest @param {string} sentence */
  function change(rest, sentence) {
    before = excerpts.list();
    excerpts.keep(rest);
    said.textContent = sentence;
    undo.hidden = false;
    (entries.querySelector("button") || undo).focus();
  }

  const undo = button("撤销", () => {
    excerpts.keep(before);
    said.textContent = "已恢复。";
    copyAll.focus();
    undo.hidden = true;
  }, { hidden: true });

  const copyAll = button("复制全部（带出处）", () => {
    const all = excerpts.list();
    const done = excerpts.copy(all);
    said.textContent = done ? `已复制${all.length}条，可以粘贴到文档里。` : "浏览器不让自动复制：请按 Ctrl+C 复制下面选中的文字。";
    byHand.hidden = done;
    if (!done) {
      byHand.value = excerpts.asText(all);
      byHand.focus();
      byHand.select();
    }
  }, { class: "bg-button bg-main" });

  const clear = button("清空", () => change([], "已清空。"));
  const note = el("p", { class: "bg-option-facts" }, "摘录只存在这台电脑的这个浏览器里。");

  const show = baogao.ui.dialog("摘录", "bg-excerpts-dialog", (/** @type {() => void} */ close) => [
    el("h2", {}, "摘录"), el("div", { class: "bg-tools" }, copyAll, clear, undo, button("关闭", close)), said, byHand, note, entries,
  ]);

  const count = el("span", { class: "bg-badge" });
  const opener = button("摘录 ", () => {
    said.textContent = "";
    undo.hidden = byHand.hidden = true;
    show();
  }, { class: "bg-opener bg-opener-excerpts", "aria-haspopup": "dialog" });
  opener.append(count);
  baogao.ui.tools.append(opener);

  excerpts.watch(() => {
    const all = excerpts.list();
    count.textContent = String(all.length);
    opener.hidden = !all.length;
    copyAll.disabled = clear.disabled = !all.length;
    entries.replaceChildren(...all.map((/** @type {any} */ entry, /** @type {number} */ at) => el("li", {},
      el("blockquote", {}, entry.text),
      el("p", {}, el("a", { href: root + entry.url }, excerpts.source(entry)), " ",
        button("删除", () => change(excerpts.list().filter((/** @type {any} */ _, /** @type {number} */ other) => other !== at), "已删除1条。"), { "aria-label": `删除第${at + 1}条` })))));
  });

  /** @param {string} name a term of the report's facts @returns {string} */
  function fact(name) {
    const term = [...document.querySelectorAll(".bg-facts dt")].find((each) => each.textContent === name);
    return term?.nextElementSibling?.textContent || "";
  }

  /** @param {Element} block @returns {string} its text; a table row by row, cells set apart by tabs */
  function textOf(block) {
    const rows = [...block.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.textContent).join("\t"));
    return rows.join("\n") || (block.textContent || "").trim();
  }

  /** @param {Element} text the body of a report */
  function paragraphs(text) {
    const title = document.querySelector("article h1");
    const page = location.href.slice(root.length).replace(/[?#].*/, "");
    let anchor = "";
    /** @type {HTMLElement[]} */
    const buttons = [];
    for (const block of text.querySelectorAll("[id], p, li, .bg-scroll")) {
      anchor = block.id || anchor;
      if (!block.matches("p, li, .bg-scroll")) { continue; }
      const entry = {
        text: textOf(block), title: title?.textContent || document.title, unit: fact("单位"),
        year: fact("年度").replace(/\D/g, ""), url: page + (anchor && "#" + anchor),
      };
      if (!entry.text) { continue; }
      // Its name is drawn by the style sheet: the text of a report stays as it is, for readers who copy it and for tests.
      const made = excerpts.collector(entry, { class: "bg-collect bg-collect-here", tabindex: "-1", "aria-label": `摘录本段：${entry.text.slice(0, 20)}` });
      buttons.push(made);
      block.append(made);
    }
    const mode = button("摘录段落", () => {
      const on = text.classList.toggle("bg-collecting");
      mode.setAttribute("aria-pressed", String(on));
      for (const each of buttons) { each.tabIndex = on ? 0 : -1; }
    }, { "aria-pressed": "false" });
    text.before(el("p", { class: "bg-collect-mode" }, mode));
  }

  const text = document.querySelector(".bg-text");
  if (text) { paragraphs(text); }
})(/** @type {any} */ (self).baogao);
