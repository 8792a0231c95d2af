// @ts-check
// What an address says: the state of a search (search.html?q=…&year=…), and what to mark in a report (…html?h=…#problem).
// Query strings work on file:// as well; nothing else may carry state from page to page there.
(function (baogao) {
  "use strict";

  const { root } = baogao.ui;
  /** The facets in the order they are shown: key in the address, name on the page. */
  const FACETS = [["year", "年度"], ["unit", "单位"], ["kind", "文种"], ["part", "部分"], ["role", "角色"]];
  const PAGE = 20;
  const MOST_MARKS = 12;
  const LONGEST_MARK = 80;

  /**
   * @typedef {object} State
   * @property {string} q the query as typed
   * @property {Record<string, string[]>} filters facet → chosen values
   * @property {"relevance" | "year"} sort
   * @property {boolean} expand whether synonyms are searched too
   * @property {number} shown how many hits are on the page
   */

  /** @param {string} search a location's `search` @returns {State} */
  function read(search) {
    const given = new URLSearchParams(search);
    /** @type {Record<string, string[]>} */
    const filters = {};
    for (const [key] of FACETS) {
      const values = [...new Set(given.getAll(key))].filter(Boolean);
      if (values.length) { filters[key] = values; }
    }
    const shown = parseInt(given.get("n") || "", 10);
    return {
      q: (given.get("q") || "").trim(), filters,
      sort: given.get("sort") === "year" ? "year" : "relevance",
      expand: given.get("syn") !== "0",
      shown: shown > PAGE ? Math.min(shown, 2000) : PAGE,
    };
  }

  /** @param {Partial<State>} state @returns {string} the address of the results page in that state */
  function write(state) {
    const given = new URLSearchParams();
    given.set("q", state.q || "");
    for (const [key] of FACETS) {
      for (const value of (state.filters || {})[key] || []) { given.append(key, value); }
    }
    if (state.sort === "year") { given.set("sort", "year"); }
    if (state.expand === false) { given.set("syn", "0"); }
    if (state.shown && state.shown > PAGE) { given.set("n", String(state.shown)); }
    return root + "search.html?" + given;
  }

  /**
   * @param {string} url page and anchor below the root (`reports/2022/a-b.html#problem`)
   * @param {string[]} [marks] what to mark there
   * @returns {string} the absolute address
   */
  function open(url, marks) {
    const [page, anchor] = url.split("#");
    const given = new URLSearchParams();
    for (const mark of (marks || []).slice(0, MOST_MARKS)) { given.append("h", mark.slice(0, LONGEST_MARK)); }
    const query = String(given);
    return root + page + (query && "?" + query) + (anchor ? "#" + anchor : "");
  }

  /** @param {string} search @returns {string[]} what the address asks to mark */
  function marks(search) {
    return new URLSearchParams(search).getAll("h").filter((mark) => mark.trim());
  }

  baogao.ui.address = { FACETS, PAGE, read, write, open, marks };
})(/** @type {any} */ (self).baogao);
