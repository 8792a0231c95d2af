// @ts-check
// What the check found: the report as it will look, with the findings beside the text.
(function (/** @type {any} */ own, /** @type {any} */ facts) {
  "use strict";

  const { el, button } = own;
  /** The rule that asks for answers to last year's problems. */
  const ANSWERS = "R003";

  /**
   * HTML the checker made; it escapes every text itself (hooks/baogao/pages).
   * @param {string} tag @param {string} html @param {string} [css]
   */
  function made(tag, html, css) {
    const node = el(tag, { class: css });
    node.innerHTML = html;
    return node;
  }

  /** @param {any} finding @param {number} index @param {any} acts */
  function note(finding, index, acts) {
    const parts = [
      el("b", { class: `bg-severity bg-${finding.severity}` }, finding.label), ` 第 ${finding.line} 行　`,
      finding.message,
    ];
    // Where the answers can be picked above, nobody has to write them out by hand.
    const picked = acts.answers && finding.rule === ANSWERS;
    const help = picked ? "在上面“与去年对照”里逐条选，再按“记进报告”" : finding.help;
    if (help) { parts.push(el("span", { class: "bg-sc-help" }, `怎么改：${help}`)); }
    if (finding.suggestion && finding.block && !picked && finding.suggestion.length <= 200) { parts.push(el("span", { class: "bg-sc-suggestion" }, finding.suggestion)); }
    const tools = el("span", { class: "bg-sc-tools" });
    if (finding.mendable) { tools.append(button("改好这一处", () => acts.mend(index), { "aria-label": `改好第 ${finding.line} 行：${finding.message}` })); }
    tools.append(el("a", { href: `guide/rules.html#${finding.rule}`, target: "_blank", rel: "noopener" }, finding.name));
    return el("li", { class: `bg-sc-note bg-sc-note-${finding.severity}`, "data-rule": finding.rule, "data-line": finding.line, "data-column": finding.column, "data-severity": finding.severity, "data-message": finding.message }, ...parts, tools);
  }

  /**
   * Mark the characters `from` to `to` of a block, counted as the checker counts them (a rare character is one, though two here).
   * @param {Element} block @param {number} from @param {number} to @param {string} css
   */
  function mark(block, from, to, css) {
    if (from >= to) { return; }
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    /** @type {{node: Text, start: number, end: number}[]} */
    const cuts = [];
    let at = 0;
    for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
      const characters = Array.from(node.data);
      const first = Math.max(from - at, 0);
      const last = Math.min(to - at, characters.length);
      if (first < last) {
        const start = characters.slice(0, first).join("").length;
        cuts.push({ node, start, end: start + characters.slice(first, last).join("").length });
      }
      at += characters.length;
    }
    for (const { node, start, end } of cuts) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      range.surroundContents(el("span", { class: `bg-sc-here ${css}` }));
    }
  }

  /** @param {any} result @param {any} acts */
  function reading(result, acts) {
    const text = made("div", result.body, "bg-text");
    const byBlock = new Map();
    result.findings.forEach((/** @type {any} */ finding, /** @type {number} */ index) => {
      if (!byBlock.has(finding.block)) { byBlock.set(finding.block, []); }
      byBlock.get(finding.block).push(note(finding, index, acts));
      const block = finding.block && text.querySelector(`[data-line="${finding.block}"]`);
      if (block) { mark(block, finding.from, finding.to, `bg-sc-here-${finding.severity}`); }
    });
    const rows = [];
    if (byBlock.has(0)) { rows.push(el("div", { class: "bg-sc-row" }, el("ul", { class: "bg-sc-notes" }, ...byBlock.get(0)), el("p", { class: "bg-sc-front" }, "标题、单位、日期等基本信息"))); }
    for (const child of Array.from(text.children)) {
      const lines = [child, ...child.querySelectorAll("[data-line]")].map((one) => Number(one.getAttribute("data-line")));
      const notes = lines.filter(Boolean).flatMap((line) => byBlock.get(line) || []);
      rows.push(el("div", { class: "bg-sc-row" }, notes.length > 0 && el("ul", { class: "bg-sc-notes" }, ...notes), child));
    }
    text.replaceChildren(...rows);
    return text;
  }

  /** Last year's problems, each with what became of it. @param {any} result @param {any} acts */
  function answers(result, acts) {
    if (!result.problems.length) { return null; }
    const asked = result.problems.map((/** @type {any} */ one, /** @type {number} */ index) => {
      const status = el("select", { class: "bg-field", "aria-label": `${one.id} 的状态` }, el("option", { value: "" }, "没有回应"), ...facts.answers.map((/** @type {string} */ name) => el("option", { value: name, selected: name === one.status }, name)));
      const evidence = el("input", { type: "text", class: "bg-field", "aria-label": `${one.id} 的依据`, value: one.evidence, placeholder: "依据，例如：全年到每个支部调研4次" });
      const row = el("li", {}, el("b", {}, one.id), ` ${one.problem}`, one.likely && el("span", { class: "bg-sc-help" }, one.likely), el("span", { class: "bg-sc-answer" }, status, evidence));
      return { row, read: () => ({ id: result.problems[index].id, status: status.value, evidence: evidence.value }) };
    });
    return el("div", {}, el("p", {}, "上一份报告写的问题，逐条选做得怎样了；没有做到的照实选“未完成”。记下以后写进报告开头的基本信息里，正文不变。"),
      el("ul", { class: "bg-sc-answers" }, ...asked.map((/** @type {any} */ one) => one.row)),
      button("记进报告", () => acts.answer(asked.map((/** @type {any} */ one) => one.read()))));
  }

  /**
   * Everything a check says.
   * @param {any} result what the desk answered
   * @param {any} acts `mend(which)`, `undo()`, `answer(answers)`
   * @param {string} lastNote what to say of the report before, besides
   */
  own.results = function (result, acts, lastNote) {
    const { parts } = result;
    acts = Object.assign({ answers: result.problems.length > 0 }, acts);
    const mendable = result.findings.filter((/** @type {any} */ finding) => finding.mendable).length;
    const tools = el("p", { class: "bg-sc-buttons" },
      button(mendable ? `能放心改的全部改好（${mendable} 处）` : "没有能放心自动改的", () => acts.mend(null), { class: "bg-button bg-main", disabled: !mendable }),
      button("撤销一步", acts.undo, { id: "bg-sc-undo", disabled: !result.undo }),
      el("span", { class: "bg-sc-help" }, "只改标点、序号、错别字这类不改变意思的；别的请改原稿，再拖进来。"));
    const section = (/** @type {string} */ title, /** @type {any[]} */ ...content) => el("section", {}, el("h3", {}, title), ...content);
    return [
      made("div", parts.verdict, "bg-sc-verdict"),
      section("保密", made("div", parts.secrecy)),
      section("必备章节", made("div", parts.sections), made("div", parts.amounts)),
      section("与去年对照", made("div", parts.comparison), lastNote && el("p", {}, lastNote), answers(result, acts)),
      section("报告的样子和检查意见", tools, reading(result, acts)),
      parts.account && el("section", {}, el("details", {}, el("summary", {}, "这份文件是怎样读入的"), made("div", parts.account))),
      section("留给审核人查的", made("div", parts.left)),
    ].filter(Boolean);
  };
})(/** @type {any} */ (window).baogao.selfcheck, /** @type {any} */ (window).baogao.selfcheckFacts);
