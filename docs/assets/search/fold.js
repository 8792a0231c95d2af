// @ts-check
// Folding: the spelling in which text and query are compared. The same as baogao.fulltext.folding, by the table the build ships.
(function (baogao) {
  "use strict";

  /** A character and the combining marks after it. */
  const MARKED = /[^\u0300-\u036f\u3099\u309a]?[\u0300-\u036f\u3099\u309a]+/gu;
  const CLUSTER = /[^\u0300-\u036f\u3099\u309a]?[\u0300-\u036f\u3099\u309a]*/gu;

  /** @type {Map<string, string>} what does not fold to itself */
  const table = new Map();

  /** Adds rows to the table. @param {{dropped: string, pairs: string, long: Object<string, string>}} rows */
  function load(rows) {
    for (const char of Object.keys(rows.long)) { table.set(char, rows.long[char]); }
    for (const char of rows.dropped) { table.set(char, ""); }
    const pairs = [...rows.pairs];
    for (let i = 0; i < pairs.length; i += 2) { table.set(pairs[i], pairs[i + 1]); }
  }

  /** @param {string} text @returns {boolean} whether a character has combining marks after it */
  const marked = (text) => text.search(MARKED) >= 0;

  /**
   * The folded text, and for each of its UTF-16 units where the character behind it begins in the original (one more: the end).
   * @param {string} text @returns {{text: string, map: number[]}}
   */
  function fold(text) {
    const map = [];
    let folded = "";
    let at = 0;
    const clusters = marked(text) ? text.match(CLUSTER) || [] : text;
    for (const cluster of clusters) {
      const whole = cluster.length > 1 && marked(cluster) ? cluster.normalize("NFC") : cluster;
      for (const char of whole) {
        const row = table.get(char);
        const piece = row === undefined ? char : row;
        folded += piece;
        for (let i = 0; i < piece.length; i += 1) { map.push(at); }
      }
      at += cluster.length;
    }
    map.push(text.length);
    return { text: folded, map };
  }

  /**
   * A passage folded piece by piece: no match runs over a line end.
   * @param {string} text @returns {{text: string, map: number[]}}
   */
  function foldPassage(text) {
    /** @type {number[]} */
    const map = [];
    const pieces = [];
    let at = 0;
    for (const piece of text.split("\n")) {
      const folded = fold(piece);
      pieces.push(folded.text);
      for (const offset of folded.map) { map.push(at + offset); }
      at += piece.length + 1;
    }
    return { text: pieces.join("\n"), map };
  }

  fold.load = load;
  /** Whether the table has a row for a character. @param {string} char */
  fold.knows = (char) => table.has(char);
  baogao.fold = fold;
  baogao.foldPassage = foldPassage;
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
