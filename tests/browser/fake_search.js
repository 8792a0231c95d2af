// A stand-in for the engine, for states that a healthy index never shows: it answers what the test wrote in `window.fake`,
// and notes what it was asked in `window.asked`.
(function () {
  "use strict";
  const empty = { total: 0, reports: 0, hits: [] };
  const facets = { year: [], unit: [], kind: [], part: [], role: [] };
  window.asked = [];
  window.fake = window.fake || {};
  /** Answers wait here until the test releases them, when `fake.hold` is set. */
  window.held = [];

  function fold(text) {
    const map = [];
    // Line ends stay, as in the real table: they keep blocks apart.
    let folded = "";
    for (let at = 0; at < text.length; at++) {
      if (!/[^\S\n]|[“”‘’"'《》]/.test(text[at])) { folded += text[at].toLowerCase(); map.push(at); }
    }
    return { text: folded, map };
  }

  function answer(query) {
    const parts = query.split(/\s+/).map((text) => ({ text, folded: text, exclude: text[0] === "-", quoted: false }));
    return Object.assign({
      query, parsed: { parts, filters: [] }, pages: [], exact: empty, reportsFound: [], reportsTotal: 0,
      loose: Object.assign({ how: "", query: "" }, empty), facets, expanded: [], suggestions: [],
    }, window.fake.answer);
  }

  const engine = {
    ready: async () => {}, prefetch: () => {}, manifest: () => null, root: () => "", fold: async (text) => fold(text),
    search(query, options) {
      window.asked.push({ query, options });
      return window.fake.hold ? new Promise((resolve) => window.held.push(() => resolve(answer(query)))) : Promise.resolve(answer(query));
    },
    suggest: async (prefix) => window.fake.offers || [],
    parse: async (query) => answer(query).parsed,
  };
  Object.defineProperty(window, "baogaoSearch", { get: () => engine, set: () => {} });
})();
