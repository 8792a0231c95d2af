// @ts-check
// Which passages hold a text: all of them and no other. The rules are told in hooks/baogao/fulltext/grams.py; the
// reference in Python is reader.py.
(function (baogao) {
  "use strict";

  const NONE = new Uint32Array(0);
  /** Up to so many candidates are read at once; more are first narrowed down by further pairs. */
  const QUICK = 8;
  /** Of a text longer than this only some pairs are asked for at first: one file more costs less than a second round. */
  const SHORT = 6;
  const FIRST_PAIRS = 3;

  /**
   * @typedef {Object} Found  what is known of a text
   * @property {Uint32Array} docs     ascending; among these are all passages that have it
   * @property {boolean} sure         whether that is all of them and no other
   * @property {{docs: Uint32Array, weights: Uint8Array, df: number}[]} terms  what was loaded for it
   * @property {{docs: Uint32Array, weights: Uint8Array}|null} first  postings that tell where it begins,
   * @property {{docs: Uint32Array, weights: Uint8Array}|null} last   and where it ends (the same where one tells both)
   */

  /** @param {Uint32Array} a @param {Uint32Array} b both ascending @returns {Uint32Array} */
  function intersect(a, b) {
    if (a.length > b.length) { return intersect(b, a); }
    const both = new Uint32Array(a.length);
    let size = 0;
    if (a.length * 16 < b.length) {
      for (const value of a) { if (position(b, value) >= 0) { both[size] = value; size += 1; } }
      return both.slice(0, size);
    }
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) { both[size] = a[i]; size += 1; i += 1; j += 1; } else if (a[i] < b[j]) { i += 1; } else { j += 1; }
    }
    return both.slice(0, size);
  }

  /** @param {ArrayLike<number>} list ascending @param {number} value @returns {number} where it stands, or -1 */
  function position(list, value) {
    let low = 0;
    let high = list.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (list[middle] === value) { return middle; }
      if (list[middle] < value) { low = middle + 1; } else { high = middle - 1; }
    }
    return -1;
  }

  /** @param {Uint32Array} a @param {Uint32Array} b @returns {Uint32Array} what is in `a` and not in `b` */
  function without(a, b) {
    return a.filter((value) => position(b, value) < 0);
  }

  /** @param {Uint32Array[]} lists @returns {Uint32Array} what is in any of them, ascending */
  function union(lists) {
    if (lists.length === 1) { return lists[0]; }
    const all = new Set();
    for (const list of lists) { for (const value of list) { all.add(value); } }
    return Uint32Array.from(all).sort();
  }

  /** @param {any} shards from baogao.shards.open */
  function open(shards) {
    const { few, longest } = shards.manifest;
    const { pairKey } = baogao.shards;

    /**
     * @param {string} text @param {number} at @param {number} length 1 or 2
     * @returns {Promise<{terms: any, index: number, docs: Uint32Array, weights: Uint8Array, df: number}>} index -1: nowhere
     */
    async function posting(text, at, length) {
      const key = pairKey(text.charCodeAt(at), length === 2 ? text.charCodeAt(at + 1) : 0);
      const terms = await shards.terms(shards.place(key));
      const index = position(terms.keys, key);
      if (index < 0) { return { terms, index, docs: NONE, weights: new Uint8Array(0), df: 0 }; }
      const [from, to] = [terms.at[index], terms.at[index + 1]];
      return { terms, index, docs: terms.docs.subarray(from, to), weights: terms.weights.subarray(from, to), df: to - from };
    }

    /**
     * The entry of a gram of three units and more, below its first pair.
     * @param {any} terms @param {number} index of the pair @param {string} gram
     */
    function entryOf(terms, index, gram) {
      let node = index;
      for (let depth = 0; depth < gram.length - 2; depth += 1) {
        const level = terms.levels[depth];
        const unit = gram.charCodeAt(depth + 2);
        const end = level.children[node + 1];
        let child = level.children[node];
        while (child < end && (level.low[child] | level.high[child] << 8) !== unit) { child += 1; }
        if (child === end) { return null; }
        if (depth === gram.length - 3) { return { level, index: child }; }
        node = child;
      }
      return null;
    }

    /** The candidates an entry leaves. @param {Uint32Array} candidates @param {{level: any, index: number}} entry */
    function apply(candidates, { level, index }) {
      const negative = level.info[index] & 1;
      const listed = new Uint8Array(candidates.length);
      let at = -1;
      for (let i = level.at[index]; i < level.at[index + 1]; i += 1) { at += level.gaps[i]; listed[at] = 1; }
      return candidates.filter((_, i) => listed[i] !== negative);
    }

    /**
     * What the index knows of a text, all its pairs being there.
     * @param {string} text @param {any[]} pairs the posting at each place
     */
    function known(text, pairs) {
      let row = pairs.map(({ docs }) => ({ docs, sure: true }));
      for (let length = 3; length <= Math.min(text.length, longest); length += 1) {
        const longer = [];
        for (let at = 0; at + length <= text.length; at += 1) {
          const [a, b] = [row[at], row[at + 1]];
          const candidates = intersect(a.docs, b.docs);
          if (candidates.length <= few || !a.sure || !b.sure) {
            longer.push({ docs: candidates, sure: !candidates.length });
            continue;
          }
          const entry = entryOf(pairs[at].terms, pairs[at].index, text.slice(at, at + length));
          longer.push({ docs: entry ? apply(candidates, entry) : NONE, sure: true });
        }
        row = longer;
      }
      const docs = row.map((each) => each.docs).reduce(intersect);
      return { docs, sure: row.length === 1 ? row[0].sure : !docs.length };
    }

    /** Places of the pairs of a long text to ask for first: both ends and the rarest between. @param {string} text @param {Map<number, number>} alphabet */
    function firstPlaces(text, alphabet) {
      const last = text.length - 2;
      /** @param {number} at */
      const common = (at) => (alphabet.get(text.charCodeAt(at)) || 0) + (alphabet.get(text.charCodeAt(at + 1)) || 0);
      const between = [];
      for (let at = 2; at < last - 1; at += 1) { between.push(at); }
      between.sort((a, b) => common(a) - common(b));
      return [0, last, ...between.slice(0, text.length > 12 ? FIRST_PAIRS : 1)];
    }

    /**
     * A first look: few files, and often enough.
     * @param {string} text folded @returns {Promise<Found>}
     */
    async function look(text) {
      const { alphabet } = await shards.columns();
      for (let i = 0; i < text.length; i += 1) {
        if (!alphabet.has(text.charCodeAt(i))) { return { docs: NONE, sure: true, terms: [], first: null, last: null }; }
      }
      if (text.length <= 2) {
        const only = await posting(text, 0, text.length);
        return { docs: only.docs, sure: true, terms: [only], first: only, last: only };
      }
      const long = text.length > SHORT;
      const pairs = await pairsAt(text, long ? firstPlaces(text, alphabet) : allPlaces(text));
      const office = pairs[0].terms.office.get(text);
      if (office) { return { ...office, sure: true, terms: [{ ...office, df: office.docs.length }], first: office, last: office }; }
      if (!long) { return studied(text, pairs); }
      const docs = pairs.map((pair) => pair.docs).reduce(intersect);
      return { docs, sure: !docs.length, terms: pairs, first: pairs[0], last: pairs[1] };
    }

    /** @param {string} text @param {number[]} places */
    const pairsAt = (text, places) => Promise.all(places.map((at) => posting(text, at, 2)));

    /** @param {string} text @returns {number[]} */
    const allPlaces = (text) => Array.from({ length: text.length - 1 }, (_, at) => at);

    /** @param {string} text @param {any[]} pairs all of them @returns {Found} */
    const studied = (text, pairs) => ({ ...known(text, pairs), terms: pairs, first: pairs[0], last: pairs[pairs.length - 1] });

    /** All the index knows. @param {string} text folded, three units and more @returns {Promise<Found>} */
    const study = async (text) => studied(text, await pairsAt(text, allPlaces(text)));

    /** @param {number} doc @returns {Promise<string>} the folded text of a passage */
    const foldedText = async (doc) => (await shards.passage(doc)).folded.text;

    /** Reads passages and keeps those that pass. @param {Uint32Array} docs @param {(folded: string) => boolean} test */
    async function read(docs, test) {
      const passed = await Promise.all(Array.from(docs, async (doc) => test(await foldedText(doc))));
      return docs.filter((_, i) => passed[i]);
    }

    /**
     * The passages that have all of `wanted` and none of `unwanted`.
     * @param {string[]} wanted folded, at least one @param {string[]} [unwanted]
     * @returns {Promise<{docs: Uint32Array, found: Found[]}>} `found` of each wanted text, for ranking
     */
    async function all(wanted, unwanted = []) {
      const order = [...wanted, ...unwanted];
      let found = await Promise.all(order.map(look));
      const count = wanted.length;
      const together = () => found.slice(0, count).map((each) => each.docs).reduce(intersect);
      let docs = together();
      if (docs.length > QUICK && found.some((each) => !each.sure)) {
        found = await Promise.all(found.map((each, i) => each.sure || order[i].length <= SHORT ? each : study(order[i])));
        docs = together();
      }
      for (let i = count; i < order.length; i += 1) { if (found[i].sure) { docs = without(docs, found[i].docs); } }
      const open = order.map((text, i) => ({ text, want: i < count })).filter((_, i) => !found[i].sure);
      if (docs.length && open.length) {
        docs = await read(docs, (folded) => open.every(({ text, want }) => folded.includes(text) === want));
      }
      return { docs, found: found.slice(0, count) };
    }

    /** The passages that have one text. @param {string} text folded @returns {Promise<Uint32Array>} */
    const having = async (text) => (await all([text])).docs;

    return { all, having, posting, foldedText };
  }

  baogao.exact = { open, intersect, union, without, position };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
