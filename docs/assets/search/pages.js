// @ts-check
// Pages a query may mean beside the reports: those of initiatives. They come before all hits, so only a close likeness counts.
// The table is that of hooks/baogao/fulltext/suggestions.py; all texts are folded.
(function (baogao) {
  "use strict";

  /** A name inside a longer query must be this long to be meant, and so must the beginning of a name. */
  const LONG = 3;
  const MOST = 3;

  /** @type {{folded: string, label: string, url: string, facts: string}[]} hits, see PageHit in types.js */
  let rows = [];

  /** @param {{folded: string, labels: string, pages: string, facts: string}} table a line for each name */
  function load(table) {
    const [names, labels, pages, facts] = [table.folded, table.labels, table.pages, table.facts].map((lines) => lines.split("\n"));
    rows = names.map((folded, i) => ({ folded, label: labels[i], url: pages[i] + ".html", facts: facts[i] }));
  }

  /**
   * How well a name fits: the whole query, a name in it (the longer the better), one that begins with it, one that has all its
   * words; 0 for not at all.
   * @param {string} name @param {string} text @param {string[]} words
   */
  function fits(name, text, words) {
    if (name === text) { return 4; }
    if (name.length >= LONG && text.includes(name)) { return 3 + name.length / 99; }
    if (name.startsWith(text) && text.length >= LONG && text.length * 2 >= name.length) { return 2; }
    return words.length > 1 && words.every((word) => name.includes(word)) ? 1 : 0;
  }

  /**
   * @param {string[]} texts the parts of a query @param {string[]} words what it asks for, where that is known
   */
  function find(texts, words) {
    const telling = words.filter((word) => word.length > 1);
    return rows.map((row) => ({ row, fit: Math.max(...texts.map((text) => fits(row.folded, text, telling))) }))
      .filter(({ fit }) => fit).sort((a, b) => b.fit - a.fit).map(({ row }) => row)
      .filter((row, i, all) => all.findIndex((other) => other.url === row.url) === i).slice(0, MOST);
  }

  /** The page an offer leads to, if that is one of these. @param {{url?: string}} [offer] */
  const at = (offer) => rows.filter((row) => offer && row.url === offer.url).slice(0, 1);

  baogao.pages = { load, find, at };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
