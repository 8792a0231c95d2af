// @ts-check
// The list of hits as a table for Excel and WPS: UTF-8 with BOM, or they read it as GBK.
(function (baogao) {
  "use strict";

  const { el, address, plain, heading } = baogao.ui;
  const HEAD = ["序号", "标题", "年度", "单位", "文种", "角色", "部分", "小标题", "原文", "地址"];

  /**
   * One cell. A text that a spreadsheet would run as a formula (in East Asia the wide signs begin one, too) gets an apostrophe before it.
   * @param {any} value
   */
  function cell(value) {
    let text = String(value ?? "");
    if (/^[=+\-@＝＋－＠\t\r\n\0]/.test(text)) { text = "'" + text; }
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  /** @param {any[]} hits @returns {string} */
  function csv(hits) {
    const rows = hits.map((hit, at) => [
      at + 1, hit.title, hit.year, hit.unitName, hit.kindName, hit.roleName, hit.partName, heading(hit),
      plain(hit), address.open(hit.url),
    ]);
    return "\ufeff" + [HEAD, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
  }

  /** @param {any[]} hits @param {string} query names the file */
  function download(hits, query) {
    const url = URL.createObjectURL(new Blob([csv(hits)], { type: "text/csv;charset=utf-8" }));
    const name = query.replace(/[\\/:*?"<>|\s\u0000-\u001f]+/g, " ").trim().slice(0, 40);
    el("a", { href: url, download: `检索清单 ${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  Object.assign(baogao.ui, { csv, download });
})(/** @type {any} */ (self).baogao);
