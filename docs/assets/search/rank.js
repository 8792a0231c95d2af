// @ts-check
// The order of what was found: in the title, in a heading, on word boundaries, anywhere; then BM25; then the newest.
// It orders and never leaves anything out. The numbers are those of hooks/baogao/fulltext/scoring.py, by way of the manifest.
(function (baogao) {
  "use strict";

  const { position } = baogao.exact;
  const BEGINS = 8;
  const ENDS = 16;
  const WORD = 32;
  const HEADING = 64;
  const TITLE_TIER = 3;
  const HEADING_TIER = 2;
  const WORD_TIER = 1;

  /** @param {any} shards @param {any} columns */
  function open(shards, columns) {
    const { manifest } = shards;
    const { k1, b } = manifest.scoring;

    /** @param {number} df @returns {number} the weight of a gram by how few passages have it */
    const idf = (df) => Math.log(1 + (columns.passages - df + 0.5) / (df + 0.5));

    /** What the occurrences in a passage are worth, from 0 to k1 + 1. @param {number} weight a posting's @param {number} doc */
    function worth(weight, doc) {
      const occurrences = manifest.occurrences[weight & 7];
      const length = 2 ** (columns.length[doc] / 4);
      return occurrences * (k1 + 1) / (occurrences + k1 * (1 - b + b * length / (manifest.mean || 1)));
    }

    /** @param {{docs: Uint32Array, weights: Uint8Array}|null} list @param {number} doc @returns {number} the posting's weight, 0 without one */
    function weightIn(list, doc) {
      const at = list ? position(list.docs, doc) : -1;
      return list && at >= 0 ? list.weights[at] : 0;
    }

    /**
     * Whether a text stands on word boundaries in a passage: known for one or two units and for the office's terms,
     * else judged by its first and its last pair.
     * @param {any} found @param {number} doc
     */
    function onWords(found, doc) {
      if (found.first === found.last) { return Boolean(weightIn(found.first, doc) & WORD); }
      return Boolean(weightIn(found.first, doc) & BEGINS) && Boolean(weightIn(found.last, doc) & ENDS);
    }

    /**
     * Scores of passages that have all of `found`.
     * @param {Uint32Array} docs @param {any[]} found see exact.js @param {Set<number>} titled reports found by their title
     * @returns {Float64Array}
     */
    function scores(docs, found, titled) {
      const weighed = found.map((each) => each.terms.map((/** @type {any} */ term) => ({ term, rarity: idf(term.df) })));
      return Float64Array.from(docs, (doc) => {
        let score = 0;
        let heading = found.length > 0;
        for (const terms of weighed) {
          for (const { term, rarity } of terms) {
            const weight = weightIn(term, doc);
            score += rarity * worth(weight, doc);
            heading = heading && Boolean(weight & HEADING);
          }
        }
        const tier = titled.has(columns.report[doc]) ? TITLE_TIER : heading ? HEADING_TIER
          : found.length && found.every((each) => onWords(each, doc)) ? WORD_TIER : 0;
        return tier * 1e4 + score;
      });
    }

    /**
     * Sections in the order they are shown: those of one report together, best report first, in it the best section.
     * @param {Uint32Array} docs @param {Float64Array} points @param {string} sort "relevance" or "year"
     * @returns {Uint32Array}
     */
    function order(docs, points, sort) {
      /** @type {Map<number, {report: number, best: number, rows: number[]}>} */
      const groups = new Map();
      docs.forEach((doc, row) => {
        const report = columns.report[doc];
        const group = groups.get(report) || { report, best: -Infinity, rows: /** @type {number[]} */ ([]) };
        group.rows.push(row);
        group.best = Math.max(group.best, points[row]);
        groups.set(report, group);
      });
      /** @param {number} report */
      const year = (report) => Number(manifest.labels.year[columns.year[report]][0]);
      const sorted = [...groups.values()].sort((one, other) => (sort === "year" && year(other.report) - year(one.report))
        || other.best - one.best || year(other.report) - year(one.report) || one.report - other.report);
      const ordered = sorted.flatMap(({ rows }) => rows.sort((one, other) => points[other] - points[one] || one - other));
      return Uint32Array.from(ordered, (row) => docs[row]);
    }

    return { scores, order };
  }

  baogao.rank = { open };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
