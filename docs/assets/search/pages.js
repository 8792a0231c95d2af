// @ts-check
// Pages a query may mean beside the reports: those of initiatives. They come before all hits, so only a close likeness counts.
// The table is that of hooks/baogao/fulltext/suggestions.py; all texts are folded.
(function (baogao) {
  "use strict";

  /** A name inside a longer query must be this long to be meant, and so must the beginning of a name. */
  const LONG = 3;
  const MOST = 3;

  /** @type {{folded: string, label: string, page: string, facts: string}[]} */
  let rows = [];

  /** @param {{folded: string, labels: string, pages: string, facts: string}} table a line for each name */
  function load(table) {
    const [labels, pages, facts] = [table.labels, table.pages, table.facts].map((lines) => lines.split("\n"));
    rows = table.folded.split("\n").map((folded, i) => ({ folded, label: labels[i], page: pages[i], facts: facts[i] }));
  }

  /**
   * How well a name fits: the whole query, a name in it, one that begins with it, one that has all its words; 0 for not at all.
   * @param {string} name @param {string} text @param {string[]} words
   */
  function fits(name, text, words) {
    if (name === text) { return 4; }
    if (name.length >= LONG && text.includes(name)) { return 3; }
    if (name.startsWith(text) && text.length >= LONG && text.length * 2 >= name.length) { return 2; }
    const telling = words.filter((word) => word.length > 1);
    return telling.length > 1 && telling.every((word) => name.includes(word)) ? 1 : 0;
  }

  /**
   * @param {string[]} texts the parts of a query @param {string[]} words what it asks for, where that is known
   * @returns {{kind: string, label: string, url: string, facts: string}[]} see PageHit in types.js
   */
  function find(texts, words) {
    const found = rows.map((row, number) => ({ row, number, fit: Math.max(0, ...texts.map((text) => fits(row.folded, text, words))) }))
      .filter(({ fit }) => fit);
    found.sort((a, b) => b.fit - a.fit || (a.fit === 3 ? b.row.folded.length - a.row.folded.length : 0) || a.number - b.number);
    /** @type {Map<string, any>} */
    const pages = new Map();
    for (const { row } of found) {
      if (!pages.has(row.page)) { pages.set(row.page, hit(row)); }
    }
    return [...pages.values()].slice(0, MOST);
  }

  /** @param {{label: string, page: string, facts: string}} row */
  const hit = (row) => ({ kind: "initiative", label: row.label, url: row.page + ".html", facts: row.facts });

  /** The page at an address. @param {string} url @returns {any[]} it alone, or nothing */
  const at = (url) => rows.filter((row) => row.page + ".html" === url).slice(0, 1).map(hit);

  baogao.pages = { load, find, at };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
