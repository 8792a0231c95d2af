// @ts-check
// The second stage: a query that is found nowhere as written, or hardly anywhere, is searched by its words. First the sections
// that have every word, then those with every word of a finer cut, then those with most of the words. Weighed by BM25
// over single characters and pairs, with the numbers of hooks/baogao/fulltext/scoring.py (which the manifest brings).
(function (baogao) {
  "use strict";

  /** With fewer sections than this the next way is tried. */
  const ENOUGH = 5;

  /**
   * What the engine lends. Postings are ascending passages and a byte for each, whose lower three bits are the class of how
   * often the gram occurs.
   * @typedef {Object} Access
   * @property {number} passages
   * @property {number} mean                                    length of a passage on average
   * @property {{k1: number, b: number}} scoring
   * @property {ArrayLike<number>} occurrences                  least number of each class
   * @property {(doc: number) => number} length
   * @property {(doc: number) => boolean} allowed               whether a passage is a section that passes the filters
   * @property {(words: string[]) => Promise<ArrayLike<number>>} all  passages in which every word stands
   * @property {(gram: string) => Promise<{docs: ArrayLike<number>, weights: ArrayLike<number>}|null>} postings  of one or two characters
   */

  /**
   * @param {string} query folded, without operators @param {Access} access
   * @returns {Promise<{how: ""|"words"|"most", words: string[], docs: number[], scores: number[]}>} the best first;
   *   `words` joined by blanks is what to tell the reader: 已按“…”检索
   */
  async function search(query, access) {
    const { words, pieces } = baogao.words.read(query);
    const none = { how: /** @type {""} */ (""), words, docs: [], scores: [] };
    if (!words.length) { return none; }
    const finer = baogao.words.finer(words);
    for (const wanted of finer.length > words.length ? [words, finer] : [words]) {
      // One word that is the whole query was searched already.
      const docs = wanted[0] === query ? [] : Array.from(await access.all(wanted)).filter(access.allowed);
      if (docs.length >= ENOUGH) {
        return { how: "words", words: wanted, ...best(docs, await weigh(pieces, access)) };
      }
    }
    // A single character is nearly everywhere; it counts only where there is nothing else.
    const long = finer.filter((/** @type {string} */ word) => word.length > 1);
    const telling = long.length ? long : finer;
    const docs = (await withMost(telling.length > 1 ? telling : pairs(telling[0]), access)).filter(access.allowed);
    return docs.length ? { how: "most", words: telling, ...best(docs, await weigh(pieces, access)) } : none;
  }

  /** The weight of a gram by how few passages have it. @param {number} having @param {number} passages */
  const rarity = (having, passages) => Math.log(1 + (passages - having + 0.5) / (having + 0.5));

  /** @param {number[]} docs @param {Float64Array} weights */
  function best(docs, weights) {
    docs.sort((a, b) => weights[b] - weights[a] || a - b);
    return { docs, scores: docs.map((doc) => weights[doc]) };
  }

  /**
   * The weight of every passage: BM25 over the single characters and the pairs of the pieces.
   * @param {string[]} pieces @param {Access} access @returns {Promise<Float64Array>}
   */
  async function weigh(pieces, access) {
    /** @type {Map<string, number>} */
    const grams = new Map();
    for (const piece of pieces) {
      for (const gram of [...piece.split(""), ...(piece.length > 1 ? pairs(piece) : [])]) { grams.set(gram, (grams.get(gram) || 0) + 1); }
    }
    const { k1, b } = access.scoring;
    const sums = new Float64Array(access.passages);
    const found = await Promise.all([...grams].map(async ([gram, times]) => ({ times, list: await access.postings(gram) })));
    for (const { times, list } of found) {
      if (!list) { continue; }
      const worth = times * rarity(list.docs.length, access.passages);
      for (let i = 0; i < list.docs.length; i += 1) {
        const often = access.occurrences[list.weights[i] & 7];
        const norm = k1 * (1 - b + b * access.length(list.docs[i]) / access.mean);
        sums[list.docs[i]] += worth * often * (k1 + 1) / (often + norm);
      }
    }
    return sums;
  }

  /**
   * Passages that have at least half of what the words say, a rare one saying more than a common one; words that occur nowhere
   * say nothing. A word counts as there when its pairs are: this stage promises nothing exact, and no text need be read.
   * @param {string[]} words @param {Access} access @returns {Promise<number[]>}
   */
  async function withMost(words, access) {
    const sums = new Float64Array(access.passages);
    let whole = 0;
    for (const docs of await Promise.all(words.map((word) => likely(word, access)))) {
      const worth = docs.length ? rarity(docs.length, access.passages) : 0;
      whole += worth;
      for (let i = 0; i < docs.length; i += 1) { sums[docs[i]] += worth; }
    }
    /** @type {number[]} */
    const found = [];
    sums.forEach((sum, doc) => { if (sum && sum * 2 >= whole) { found.push(doc); } });
    return found;
  }

  /** Passages that have all pairs of a word. @param {string} word @param {Access} access @returns {Promise<ArrayLike<number>>} */
  async function likely(word, access) {
    const lists = await Promise.all(pairs(word).map((gram) => access.postings(gram)));
    return lists.map((list) => list ? list.docs : []).sort((a, b) => a.length - b.length).reduce(baogao.exact.intersect);
  }

  /** @param {string} text @returns {string[]} every two characters that stand together; a single one by itself */
  function pairs(text) {
    return text.length < 2 ? [text] : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
  }

  baogao.loose = { search, weigh };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
