// @ts-check
// The text around a place where the query stands, in the spelling of the report.
(function (baogao) {
  "use strict";

  const BEFORE = 24;
  const AFTER = 56;
  const MOST_WINDOWS = 3;
  /** A cut is moved to the end of a sentence that lies so near. */
  const NEAR = 16;
  /** Belongs to the character before it. */
  const CONTINUES = /[\udc00-\udfff\u0300-\u036f\u3099\u309a]/;
  const SENTENCE_END = /[。！？；\n]/;

  /**
   * Where the wanted texts stand in a passage, as spans of the original, in order; spans that touch are one.
   * @param {string} original @param {{text: string, map: number[]}} folded @param {string[]} wanted folded
   * @returns {{spans: [number, number][], firsts: number[], count: number}} `firsts`: where each wanted text stands first
   */
  function places(original, folded, wanted) {
    /** @type {[number, number][]} */
    const raw = [];
    const firsts = [];
    for (const text of wanted) {
      let first = -1;
      for (let at = folded.text.indexOf(text); at >= 0; at = folded.text.indexOf(text, at + text.length)) {
        const begin = folded.map[at];
        // The end of the last character, not the beginning of the next: quotation marks behind it do not belong to it.
        let end = folded.map[at + text.length - 1] + 1;
        while (CONTINUES.test(original.slice(end, end + 1))) { end += 1; }
        raw.push([begin, end]);
        if (first < 0) { first = begin; }
      }
      if (first >= 0) { firsts.push(first); }
    }
    const count = raw.length;
    raw.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    /** @type {[number, number][]} */
    const spans = [];
    for (const [begin, end] of raw) {
      const before = spans[spans.length - 1];
      if (before && begin <= before[1]) { before[1] = Math.max(before[1], end); } else { spans.push([begin, end]); }
    }
    return { spans, firsts, count };
  }

  /** @param {string} text @param {number} at @returns {number} a place to begin near `at`, after the end of a sentence if one is near */
  function beginNear(text, at) {
    for (let i = at; i > Math.max(at - NEAR, 0); i -= 1) { if (SENTENCE_END.test(text[i - 1])) { return i; } }
    return at <= NEAR ? 0 : at;
  }

  /** @param {string} text @param {number} at @returns {number} the end of a sentence near `at`, rather a little after it than before */
  function endNear(text, at) {
    if (at + NEAR >= text.length) { return text.length; }
    for (let i = 0; i < 2 * NEAR; i += 1) {
      const end = i < NEAR ? at + i : at + NEAR - i;
      if (SENTENCE_END.test(text[end - 1])) { return end; }
    }
    return at;
  }

  /**
   * @param {string} text of the section @param {{text: string, map: number[]}} folded of the same @param {string[]} wanted folded
   * @returns {{snippet: {text: string, mark: boolean}[], offset: number, count: number}}
   */
  function cut(text, folded, wanted) {
    const { spans, firsts, count } = places(text, folded, wanted);
    const centres = firsts.length ? firsts.slice(0, MOST_WINDOWS).sort((a, b) => a - b) : [0];
    /** @type {[number, number][]} */
    const windows = [];
    for (const centre of centres) {
      const span = spans.find(([begin, end]) => begin <= centre && centre < end) || [centre, centre];
      const begin = beginNear(text, Math.max(span[0] - BEFORE, 0));
      const end = endNear(text, Math.min(span[1] + AFTER, text.length));
      const before = windows[windows.length - 1];
      if (before && begin <= before[1]) { before[1] = Math.max(before[1], end); } else { windows.push([begin, end]); }
    }
    /** @type {{text: string, mark: boolean}[]} */
    const snippet = [];
    /** @param {string} piece @param {boolean} mark */
    const add = (piece, mark) => { if (piece) { snippet.push({ text: piece.replace(/\n/g, " "), mark }); } };
    for (const [begin, end] of windows) {
      if (begin > 0) { add("…", false); }
      let at = begin;
      for (const [from, to] of spans) {
        if (to <= begin || from >= end) { continue; }
        add(text.slice(at, from), false);
        add(text.slice(Math.max(from, begin), Math.min(to, end)), true);
        at = Math.min(to, end);
      }
      add(text.slice(at, end), false);
    }
    if (windows[windows.length - 1][1] < text.length) { add("…", false); }
    return { snippet, offset: spans.length ? Math.min(...firsts) : -1, count };
  }

  /** A short text with what was looked for marked. @param {string} text @param {string[]} wanted folded */
  function mark(text, wanted) {
    const { spans } = places(text, baogao.foldPassage(text), wanted);
    const pieces = [];
    let at = 0;
    for (const [from, to] of spans) {
      pieces.push({ text: text.slice(at, from), mark: false }, { text: text.slice(from, to), mark: true });
      at = to;
    }
    pieces.push({ text: text.slice(at), mark: false });
    return pieces.filter((piece) => piece.text);
  }

  baogao.snippet = { cut, mark };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
