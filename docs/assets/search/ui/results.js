// @ts-check
// How a hit looks, in the dialog and on the results page alike.
(function (baogao) {
  "use strict";

  const { el } = baogao.ui;

  /** @param {{text: string, mark: boolean}[]} pieces @returns {Node[]} */
  function pieces(pieces) {
    return pieces.map((piece) => piece.mark ? el("mark", {}, piece.text) : new Text(piece.text));
  }

  /** @param {any} hit @returns {string} its snippet as text */
  function plain(hit) {
    return hit.snippet.map((/** @type {any} */ piece) => piece.text).join("");
  }

  /** @param {any} hit a Hit or ReportHit @returns {string} 2022年度 · 局机关党委 · 述职报告 · 分管领导 */
  function facts(hit) {
    return [hit.year && hit.year + "年度", hit.unitName, hit.kindName, hit.roleName].filter(Boolean).join(" · ");
  }

  /** @param {any} hit @returns {string} the section's name: its heading, or 开头 before the first one */
  function heading(hit) {
    return hit.heading.replace(/[。：]$/, "") || "开头";
  }

  /** @param {any} hit @returns {string} what the section is, where the heading does not say it itself */
  function part(hit) {
    return hit.partName && !heading(hit).includes(hit.partName) ? hit.partName : "";
  }

  /** @param {any[]} hits @returns {any[][]} hits of one report together, in the order in which reports come */
  function byReport(hits) {
    const groups = new Map();
    for (const hit of hits) {
      if (!groups.has(hit.report)) { groups.set(hit.report, []); }
      groups.get(hit.report).push(hit);
    }
    return [...groups.values()];
  }

  Object.assign(baogao.ui, { pieces, plain, facts, heading, part, byReport });
})(/** @type {any} */ (self).baogao);
