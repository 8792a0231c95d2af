// @ts-check
// Words: cutting a query as jieba cuts, dropping what only asks, synonyms, and what a slip of the pen may have meant.
// All texts are folded. The tables come from the build (hooks/baogao/fulltext/suggestions.py) and are handed in by load()
// as they arrive; what a missing table would be needed for is left out.
(function (baogao) {
  "use strict";

  /**
   * @typedef {Object} Tables
   * @property {{equal: string[][], near: string[][]}} [synonyms]
   * @property {{words: string, weights: string, counts: string, total: number, questions: string[], glue: string[]}} [vocabulary]
   * @property {{first: string, other: string}} [readings]
   * @property {{folded: string, labels: string, pages: string, facts: string}} [pages]
   * @property {{kinds: string, labels: string, pages: string, unlike: [number, number, string][]}} [offers]
   */

  /** What jieba segments; every other character stands alone. */
  const BLOCK = /[\u4e00-\u9fd5a-z0-9+#&._%-]+/g;
  const SOLID = /[\p{L}\p{N}]/u;
  const SINGLE = /^[\u4e00-\u9fd5]$/;
  const ATOM = /[a-z0-9]+(?:\.[0-9]+)?%?|[^]/g;
  /** Weights are eighths of binary logarithms: what a slip must win to be believed, one of 64 and one of 512 are the odds. */
  const HOMOPHONE = 48;
  const SLIP = 72;
  const LONGEST_SLIP = 8;
  const MOST_ALTERNATIVES = 8;
  /** A name is replaced in a phrase that is at most so much longer, not in a whole question. */
  const AROUND = 6;

  /** @type {Map<string, number>} word → its number */
  let numbers = new Map();
  /** @type {string[]} */
  let words = [];
  let weights = "";
  let counts = "";
  let total = 0;
  let longest = 1;
  /** @type {Set<string>} */
  let questions = new Set();
  /** @type {Set<string>} words that only join: they weigh, but need not occur */
  let glue = new Set();
  /** A name that stands for others: as shown and folded. @typedef {{shown: string, folded: string}} Name */
  /** @type {Map<string, Name[]>} folded name → what always stands for it */
  let equal = new Map();
  /** @type {Map<string, Name[]>} folded name → what may be meant */
  let near = new Map();
  /** @type {Set<string>|null} every beginning of every word, made when it is first needed */
  let beginnings = null;

  /** Takes tables as they arrive. @param {Tables} tables */
  function load(tables) {
    if (tables.vocabulary) { loadVocabulary(tables.vocabulary); }
    if (tables.synonyms) {
      equal = byName(tables.synonyms.equal);
      near = byName(tables.synonyms.near);
    }
    if (tables.readings) { baogao.pinyin.loadReadings(tables.readings); }
    if (tables.pages) { baogao.pages.load(tables.pages); }
    if (tables.offers) { baogao.pinyin.loadOffers(tables.offers); }
  }

  /** @param {string[][]} groups @returns {Map<string, Name[]>} */
  function byName(groups) {
    const found = new Map();
    for (const group of groups) {
      const names = group.map((name) => ({ shown: name.split("\t")[0], folded: name.split("\t").slice(-1)[0] }));
      for (const { folded } of names) {
        found.set(folded, [...(found.get(folded) || []), ...names.filter((other) => other.folded !== folded)]);
      }
    }
    return found;
  }

  /** @param {NonNullable<Tables["vocabulary"]>} table */
  function loadVocabulary(table) {
    words = [];
    numbers = new Map();
    longest = 1;
    beginnings = null;
    let before = "";
    for (const entry of table.words.match(/[A-Z][^A-Z]*/g) || []) {
      before = before.slice(0, entry.charCodeAt(0) - 65) + entry.slice(1);
      numbers.set(before, words.length);
      words.push(before);
      longest = Math.max(longest, before.length);
    }
    ({ weights, counts, total } = table);
    questions = new Set(table.questions);
    glue = new Set(table.glue);
  }

  /** @param {string} word @returns {number} the weight of a known word, or -1 */
  function weightOf(word) {
    const number = numbers.get(word);
    return number === undefined ? -1 : weights.charCodeAt(number) - 32;
  }

  /**
   * The likeliest way to cut a text: for each place where the word that begins there ends, and the weight of all.
   * Words are not longer than `most` characters.
   * @param {string} text @param {number} most
   */
  function likeliest(text, most) {
    const size = text.length;
    /** @type {number[]} */
    const best = new Array(size + 1).fill(0);
    /** @type {number[]} */
    const ends = new Array(size + 1).fill(size);
    for (let begin = size - 1; begin >= 0; begin -= 1) {
      best[begin] = Math.max(weightOf(text[begin]), 0) - total + best[begin + 1];
      ends[begin] = begin + 1;
      for (let end = begin + 2; end <= Math.min(size, begin + most); end += 1) {
        const weight = weightOf(text.slice(begin, end));
        // Of two equally likely ways the longer word, as in jieba.
        if (weight >= 0 && weight - total + best[end] >= best[begin]) {
          best[begin] = weight - total + best[end];
          ends[begin] = end;
        }
      }
    }
    return { ends, weight: best[0] };
  }

  /** @param {string} block @param {number} most @returns {string[]} */
  function cutBlock(block, most) {
    /** @type {string[]} */
    const found = [];
    let singles = "";
    const { ends } = likeliest(block, most);
    for (let begin = 0; begin < block.length; begin = ends[begin]) {
      const word = block.slice(begin, ends[begin]);
      if (word.length === 1) { singles += word; continue; }
      found.push(...(singles.match(ATOM) || []), word);
      singles = "";
    }
    return [...found, ...(singles.match(ATOM) || [])];
  }

  /**
   * A folded text in words, as jieba would cut it; without the vocabulary in runs of letters and characters.
   * @param {string} text @param {number} [most] longest word wanted @returns {string[]}
   */
  function cut(text, most) {
    /** @type {string[]} */
    const found = [];
    let end = 0;
    for (const block of text.matchAll(BLOCK)) {
      found.push(...text.slice(end, block.index));
      if (words.length) { found.push(...cutBlock(block[0], Math.min(most || longest, longest))); }
      else { found.push(...(block[0].match(/[\u4e00-\u9fd5]+|[^\u4e00-\u9fd5]+/g) || [])); }
      end = (block.index || 0) + block[0].length;
    }
    found.push(...text.slice(end));
    return found;
  }

  /**
   * What a query asks for: the words that should occur, and the pieces of the query that are left when punctuation and what
   * only asks are taken out of it; these weigh the sections. When nothing would be left, nothing is taken out.
   * @param {string} query folded @returns {{words: string[], pieces: string[]}}
   */
  function read(query) {
    const pieces = [""];
    let unknown = "";
    /** @type {Set<string>} */
    const wanted = new Set();
    for (const word of [...cut(query), ""]) {
      if (!glue.has(word) && !questions.has(word) && SINGLE.test(word)) {
        // Characters in a row that are no words: a word the corpus has not, more likely than so many short ones.
        pieces[pieces.length - 1] += word;
        unknown += word;
        continue;
      }
      if (unknown) { wanted.add(unknown); unknown = ""; }
      if (!SOLID.test(word) || questions.has(word)) { pieces.push(""); continue; }
      pieces[pieces.length - 1] += word;
      if (!glue.has(word)) { wanted.add(word); }
    }
    if (wanted.size) { return { words: [...wanted], pieces: pieces.filter(Boolean) }; }
    const solid = query.match(/[\p{L}\p{N}]+/gu) || [];
    return { words: [...new Set(solid)], pieces: solid };
  }

  /**
   * Words that say what is looked for: without punctuation, what only asks and what only joins. All of them when nothing
   * would be left.
   * @param {string[]} given @returns {string[]}
   */
  function dropQuestionWords(given) {
    const solid = [...new Set(given.filter((word) => SOLID.test(word)))];
    const kept = solid.filter((word) => !questions.has(word) && !glue.has(word));
    return kept.length ? kept : solid;
  }

  /**
   * Shorter words for the long ones among `given`: 青年理论学习 is 青年, 理论, 学习.
   * @param {string[]} given @returns {string[]}
   */
  function finer(given) {
    const pieces = given.map((word) => word.length < 4 ? [word] : cut(word, Math.min(word.length - 1, 3)));
    // A piece of one character says less than the word it was torn from.
    return dropQuestionWords(pieces.flatMap((piece, i) => piece.some((p) => p.length < 2) ? [given[i]] : piece));
  }

  /**
   * What always stands for `part`, as it is shown. A name inside a longer part is replaced there, where it stands on
   * the borders of words. What holds the part itself finds nothing new and is left out.
   * @param {string} part folded @returns {string[]}
   */
  function synonyms(part) {
    const name = equal.has(part) ? part : nameIn(part);
    return name ? alternatives(part, name, equal.get(name) || []) : [];
  }

  /** What may be meant as well, for 您是不是要找…. @param {string} part folded @returns {{query: string, why: string, part: string}[]} */
  function related(part) {
    return alternatives(part, part, near.get(part) || []).map((query) => ({ query, why: "synonym", part }));
  }

  /** @param {string} part @returns {string} the longest name in it that has synonyms, on the borders of words; or "" */
  function nameIn(part) {
    const pieces = words.length ? cut(part) : [];
    for (let count = pieces.length; count > 0; count -= 1) {
      for (let first = 0; first + count <= pieces.length; first += 1) {
        const name = pieces.slice(first, first + count).join("");
        if (name.length > 2 && part.length <= name.length + AROUND && equal.has(name)) { return name; }
      }
    }
    return "";
  }

  /** @param {string} part @param {string} name @param {Name[]} others @returns {string[]} */
  function alternatives(part, name, others) {
    const before = part.slice(0, part.indexOf(name));
    const after = part.slice(before.length + name.length);
    const found = new Map(others.map(({ shown, folded }) => [before + folded + after, before + shown + after]));
    const fresh = [...found.keys()].filter((text) => !text.includes(part));
    // What holds another alternative is found with that one.
    return fresh.filter((text) => !fresh.some((other) => other !== text && text.includes(other)))
      .slice(0, MOST_ALTERNATIVES).map((text) => found.get(text) || text);
  }

  /**
   * What `part` may have been meant to be, likeliest first: words that sound the same in place of some of it, or words
   * that differ in one character. Only words that occur in the corpus; whether the whole occurs the caller must see.
   * @param {string} part @returns {{query: string, why: string, part: string}[]}
   */
  function slips(part) {
    if (!words.length || part.length < 2 || part.length > 40 || !/[\u4e00-\u9fd5]/.test(part)) { return []; }
    const before = likeliest(part, longest).weight;
    /** @type {Map<string, {query: string, why: string, part: string, gain: number}>} */
    const found = new Map();
    /** @param {number} from @param {number} to @param {string} word @param {string} why @param {number} price */
    const propose = (from, to, word, why, price) => {
      const query = part.slice(0, from) + word + part.slice(to);
      const gain = likeliest(query, longest).weight - before - price;
      const known = found.get(query);
      if (query !== part && (!known || known.gain < gain)) { found.set(query, { query, why, part, gain }); }
    };
    for (let from = 0; from < part.length; from += 1) {
      for (const { word, changed } of homophones(part.slice(from, from + LONGEST_SLIP))) {
        propose(from, from + word.length, word, "homophone", HOMOPHONE * changed);
      }
    }
    const has = new Set(part);
    for (const word of words) {
      if (word.length > 2 && word.length <= LONGEST_SLIP + 1 && nearly(word, has) && occurs(word)) {
        for (const [from, to] of placesOf(word, part)) { propose(from, to, word, "slip", SLIP); }
      }
    }
    return [...found.values()].filter((s) => s.gain > (s.why === "homophone" ? -2 * HOMOPHONE : 0))
      .sort((a, b) => b.gain - a.gain || (a.query < b.query ? -1 : 1)).slice(0, 10)
      .map(({ query, why }) => ({ query, why, part }));
  }

  /** @param {string} word */
  const occurs = (word) => counts.charCodeAt(numbers.get(word) || 0) > 32;

  /** @param {string} word @param {Set<string>} has @returns {boolean} whether all its characters but one are in `has` */
  function nearly(word, has) {
    let missing = 0;
    for (const char of word) { if (!has.has(char) && (missing += 1) > 1) { return false; } }
    return true;
  }

  /**
   * Words that sound like the beginning of `text`, at least two characters of it.
   * @param {string} text @returns {{word: string, changed: number}[]}
   */
  function homophones(text) {
    if (!beginnings) {
      beginnings = new Set();
      for (const word of words) { for (let end = 1; end < word.length; end += 1) { beginnings.add(word.slice(0, end)); } }
    }
    /** @type {{word: string, changed: number}[]} */
    const found = [];
    let open = [{ word: "", changed: 0 }];
    for (let at = 0; at < text.length && open.length; at += 1) {
      const next = [];
      for (const { word, changed } of open) {
        for (const char of new Set([text[at], ...baogao.pinyin.alike(text[at])])) {
          const longer = { word: word + char, changed: changed + (char === text[at] ? 0 : 1) };
          if (at && longer.changed && numbers.has(longer.word) && occurs(longer.word)) { found.push(longer); }
          if (beginnings.has(longer.word)) { next.push(longer); }
        }
      }
      open = next;
    }
    return found;
  }

  /**
   * Where in `text` stands what becomes `word` when one character is replaced, put in, taken out or changed places with the
   * next. The first and the last character of what stands there are the word's, except where one was replaced.
   * @param {string} word @param {string} text @returns {[number, number][]}
   */
  function placesOf(word, text) {
    /** @type {[number, number][]} */
    const found = [];
    for (let from = 0; from < text.length; from += 1) {
      for (let length = word.length - 1; length <= word.length + 1; length += 1) {
        const to = from + length;
        if (to <= text.length && oneEdit(text.slice(from, to), word)) { found.push([from, to]); }
      }
    }
    return found;
  }

  /** @param {string} a @param {string} b @returns {boolean} whether one edit makes `b` of `a` */
  function oneEdit(a, b) {
    let first = 0;
    while (first < a.length && a[first] === b[first]) { first += 1; }
    let last = 0;
    while (last < Math.min(a.length, b.length) - first && a[a.length - 1 - last] === b[b.length - 1 - last]) { last += 1; }
    const left = a.slice(first, a.length - last);
    const right = b.slice(first, b.length - last);
    if (a.length !== b.length) { return left.length + right.length === 1 && first > 0 && last > 0; }
    return left.length === 1 || (left.length === 2 && left === right[1] + right[0]);
  }

  baogao.words = { load, cut, read, finer, dropQuestionWords, synonyms, related, slips };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
