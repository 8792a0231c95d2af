// @ts-check
// Reading a query: parts that must all occur, parts that must not, and filters (年份：2019-2022).
(function (baogao) {
  "use strict";

  /** @type {Record<string, string>} names of filters as people write them → facet */
  const NAMES = {
    "年份": "year", "年度": "year", "单位": "unit", "文种": "kind", "类型": "kind", "部分": "part", "章节": "part", "角色": "role",
  };
  const FILTER = new RegExp(`^(${Object.keys(NAMES).join("|")})[：:]`);
  /** Opening quotation marks and what closes each. @type {Record<string, string>} */
  const QUOTES = { "\"": "\"", "＂": "\"＂", "“": "”\"", "”": "”\"", "「": "」", "『": "』" };
  const BLANK = /[\s\u200b\ufeff]/;
  const MINUS = /^[-－−–—]/;
  const YEARS = /^(\d{4})年?度?(?:[-－–—~～至到](\d{4})年?度?)?$/;

  /**
   * The query in pieces: blanks part them, except inside quotation marks that open a piece (or its value: 部分：“存在 问题”).
   * @param {string} query @returns {{head: string, text: string, quoted: boolean}[]} `head` is a minus sign or the name of a filter
   */
  function pieces(query) {
    const found = [];
    let at = 0;
    while (at < query.length) {
      if (BLANK.test(query[at])) { at += 1; continue; }
      const filter = FILTER.exec(query.slice(at));
      const minus = filter ? null : MINUS.exec(query.slice(at));
      const head = filter ? filter[0] : minus ? minus[0] : "";
      at += head.length;
      while (filter && at < query.length && BLANK.test(query[at])) { at += 1; }
      const closing = QUOTES[query[at]];
      let end = at + (closing ? 1 : 0);
      while (end < query.length && !(closing ? closing.includes(query[end]) : BLANK.test(query[end]))) { end += 1; }
      found.push({ head, text: query.slice(at + (closing ? 1 : 0), end), quoted: Boolean(closing) });
      at = end + (closing ? 1 : 0);
    }
    return found;
  }

  /**
   * Which values of a facet a filter means: years by number or range, others by id, name, or a piece of the name.
   * @param {string} facet @param {string} text @param {string[][]} labels pairs of value and name
   * @returns {string[]}
   */
  function meant(facet, text, labels) {
    const wanted = new Set();
    for (const word of text.split(/[、，,|｜/]/).filter(Boolean)) {
      const years = facet === "year" && YEARS.exec(baogao.fold(word).text.replace(/[~至到]/, "-"));
      const folded = baogao.fold(word).text;
      for (const [value, label] of labels) {
        if (!value) { continue; }
        const fits = years
          ? Number(value) >= Number(years[1]) && Number(value) <= Number(years[2] || years[1])
          : value === word || baogao.fold(label).text.includes(folded);
        if (fits) { wanted.add(value); }
      }
    }
    return [...wanted];
  }

  /**
   * @param {string} query @param {Object<string, string[][]>} labels of each facet
   * @returns {{parts: {text: string, folded: string, exclude: boolean, quoted: boolean}[],
   *            filters: {name: string, text: string, values: string[]}[]}} see Parsed in types.js
   */
  function parse(query, labels) {
    const parts = [];
    const filters = [];
    for (const { head, text, quoted } of pieces(query)) {
      const name = NAMES[head.slice(0, -1)];
      if (name) {
        if (text) { filters.push({ name, text, values: meant(name, text, labels[name]) }); }
        continue;
      }
      const folded = baogao.fold(text).text;
      if (folded) { parts.push({ text, folded, exclude: Boolean(head), quoted }); }
    }
    return { parts, filters };
  }

  baogao.parseQuery = parse;
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
