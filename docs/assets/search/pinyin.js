// @ts-check
// Pinyin: names and terms found by full spelling, initials or a mixture (sanhuiyk), and characters that sound alike.
// Tables from hooks/baogao/fulltext/pinyin.py and suggestions.py. Syllables have no tones, ü is v.
(function (baogao) {
  "use strict";

  /** In the order in which they are offered when all else is equal. @type {Record<string, string>} */
  const KINDS = { u: "unit", i: "initiative", w: "term", t: "title" };
  const MOST = 8;
  /** @type {string[]} */
  const NONE = [];
  const LONGEST = 40;

  /** @type {Map<string, string[]>} character → its syllables, the usual one first */
  let readings = new Map();
  /** @type {Map<string, string[]>} character → its usual syllable alone */
  let usual = new Map();
  /** @type {Map<string, string>} syllable → the characters read so */
  let sounding = new Map();
  /** @type {{kind: string, label: string, page: string, folded: string}[]} */
  let offers = [];
  /** Readings that differ from those of the single characters: number of the offer → place → syllables. @type {Map<number, Map<number, string[]>>} */
  let unlike = new Map();

  /** @param {{first: string, other: string}} table */
  function loadReadings(table) {
    readings = new Map();
    sounding = new Map();
    for (const [, syllable, characters] of [...(table.first + "|" + table.other).matchAll(/([a-z]+)([^a-z|]+)/g)]) {
      sounding.set(syllable, (sounding.get(syllable) || "") + characters);
      for (const char of characters) { readings.set(char, [...(readings.get(char) || []), syllable]); }
    }
    usual = new Map([...readings].map(([char, syllables]) => [char, syllables.slice(0, 1)]));
  }

  /** @param {{kinds: string, labels: string, pages: string, unlike: [number, number, string][]}} table */
  function loadOffers(table) {
    const pages = table.pages.split("\n");
    offers = table.labels.split("\n").slice(0, table.kinds.length)
      .map((line, i) => {
        const [label, folded] = line.split("\t");
        return { kind: table.kinds[i], label, page: pages[i], folded: folded || label };
      });
    unlike = new Map();
    for (const [number, place, syllables] of table.unlike) {
      const places = unlike.get(number) || new Map();
      places.set(place, syllables.split(" "));
      unlike.set(number, places);
    }
  }

  /** @param {string} char @returns {string} characters that can sound like it, itself among them */
  function alike(char) {
    return (readings.get(char) || []).map((syllable) => sounding.get(syllable) || "").join("");
  }

  /** @param {number} number @param {number} place @returns {string[]} the syllables of a character of an offer */
  function syllablesAt(number, place) {
    const own = unlike.get(number);
    return own && own.get(place) || usual.get(offers[number].folded[place]) || NONE;
  }

  /**
   * How far `typed` is spelled by an offer from `place` on: each character by itself, its syllable or its initial; the last
   * syllable may be cut short. The number of characters it takes, or 0.
   * @param {number} number @param {number} place @param {string} typed @param {number} [at] where in `typed`
   * @returns {number}
   */
  function spelled(number, place, typed, at = 0) {
    if (at === typed.length) { return 0; }
    const char = offers[number].folded[place];
    if (char === undefined) { return -1; }
    const syllables = syllablesAt(number, place);
    // Most places fail here, before anything is made for them.
    if (char !== typed[at] && !syllables.some((syllable) => syllable[0] === typed[at])) { return -1; }
    const rest = typed.slice(at);
    const ways = char === typed[at] ? [char] : [];
    for (const syllable of syllables) {
      if (syllable.startsWith(rest)) { return 1; }
      if (rest.startsWith(syllable)) { ways.push(syllable); }
      if (/^[zcs]h/.test(syllable) && rest.startsWith(syllable.slice(0, 2))) { ways.push(syllable.slice(0, 2)); }
      if (rest[0] === syllable[0]) { ways.push(syllable[0]); }
    }
    for (const way of ways) {
      const more = spelled(number, place + 1, typed, at + way.length);
      if (more >= 0) { return more + 1; }
    }
    return -1;
  }

  /**
   * Offers that hold `typed` as written or as pinyin: those that begin with it before the others, of these those it
   * spells most of.
   * @param {string} typed folded @returns {{offer: {kind: string, label: string, page: string, folded: string}, whole: boolean}[]}
   */
  function matches(typed) {
    const found = [];
    const latin = /[a-z]/.test(typed);
    for (let number = 0; number < offers.length; number += 1) {
      const { folded } = offers[number];
      let place = folded.indexOf(typed);
      let taken = typed.length;
      if (place < 0 && latin) {
        for (place = 0; place < folded.length; place += 1) {
          taken = spelled(number, place, typed);
          if (taken > 0) { break; }
        }
        if (place === folded.length) { place = -1; }
      }
      if (place >= 0) { found.push({ number, place, rest: folded.length - taken }); }
    }
    const order = Object.keys(KINDS).join("");
    /** @param {number} number */
    const rank = (number) => order.indexOf(offers[number].kind);
    found.sort((a, b) => Math.sign(a.place) - Math.sign(b.place) || a.rest - b.rest
      || rank(a.number) - rank(b.number) || a.number - b.number);
    return found.map(({ number, rest }) => ({ offer: offers[number], whole: rest === 0 }));
  }

  /**
   * What to offer while one types. @param {string} typed folded
   * @returns {{kind: string, label: string, url?: string, query?: string}[]} see Offer in types.js
   */
  function suggest(typed) {
    if (!typed || typed.length > LONGEST || (typed.length < 2 && /[a-z0-9]/.test(typed))) { return []; }
    /** @type {Set<string>} an initiative has several names and is offered once */
    const seen = new Set();
    const fresh = matches(typed).filter(({ offer }) => offer.kind !== "i" || !seen.has(offer.page) && seen.add(offer.page));
    return fresh.slice(0, MOST).map(({ offer }) => ({
      kind: KINDS[offer.kind], label: offer.label,
      ...(offer.page ? { url: offer.page + ".html" } : { query: offer.label }),
    }));
  }

  /**
   * What a query typed in Latin letters may have meant. @param {string} part folded
   * @returns {{query: string, why: string, part: string}[]} see Suggestion in types.js
   */
  function meant(part) {
    if (!/^[a-z]{2,}[a-z0-9]*$/.test(part) || part.length > LONGEST) { return []; }
    return matches(part).filter(({ offer }) => offer.folded !== part).slice(0, MOST)
      .map(({ offer }) => ({ query: offer.label, why: "pinyin", part }));
  }

  baogao.pinyin = { loadReadings, loadOffers, alike, suggest, meant };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
