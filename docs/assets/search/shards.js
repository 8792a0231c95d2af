// @ts-check
// The files of the index, loaded when they are needed and kept while there is room. The layouts are told in
// hooks/baogao/fulltext/shards.py, columns.py and fragments.py.
(function (baogao) {
  "use strict";

  const { unpack, join, inflate, Bytestream, starts, riceBits } = baogao.codec;
  const SCATTER = 0x9E3779B1;
  /** Postings and pieces of reports kept: about 20 MB. */
  const MOST_POSTINGS = 2500000;
  const MOST_TEXTS = 400;

  /**
   * @typedef {Object} Level  the entries of one length
   * @property {Uint32Array} children  of the level below: where the entries under each begin
   * @property {Uint8Array} low @property {Uint8Array} high  the last unit of each entry
   * @property {Uint32Array} info      twice the count of listed candidates, plus one if these have it not
   * @property {Uint32Array} at        where in `gaps` each entry's begin
   * @property {Uint32Array} gaps
   *
   * @typedef {Object} Terms  one payload
   * @property {Uint32Array} keys
   * @property {Uint32Array} at        where in `docs` each term's begin
   * @property {Uint32Array} docs
   * @property {Uint8Array} weights
   * @property {Level[]} levels
   * @property {Map<string, {docs: Uint32Array, weights: Uint8Array}>} office
   *
   * @typedef {Object} Text  a piece of a report
   * @property {string} name @property {string} title @property {string} unitName
   * @property {{anchor: string, heading: number, text: string, folded: {text: string, map: number[]}|null}[]} passages
   */

  /** @param {number} first @param {number} second 0 for a single unit @returns {number} the key of a pair */
  const pairKey = (first, second) => Math.imul(first << 16 | second, SCATTER) >>> 0;

  /** @param {Uint8Array} bytes @param {number} number @param {any} manifest @returns {Terms} */
  function readTerms(bytes, number, manifest) {
    const stream = new Bytestream(bytes);
    const gap = stream.rice(stream.varint());
    const [count, offices] = [stream.varint(), stream.varint()];
    const sizes = stream.varints(manifest.longest - 2);
    const keys = stream.ascending(count, number * 2 ** (32 - manifest.bits));
    const counts = stream.varints(count);
    let children = starts(stream.varints(count));
    const at = starts(counts);
    const docs = new Uint32Array(at[count]);
    for (let i = 0; i < count; i += 1) {
      const k = riceBits(counts[i], manifest.passages);
      for (let doc = -1, place = at[i]; place < at[i + 1]; place += 1) {
        doc += gap(k) + 1;
        docs[place] = doc;
      }
    }
    const weights = stream.take(docs.length);
    const levels = [];
    for (let depth = 0; depth < sizes.length; depth += 1) {
      const size = sizes[depth];
      const low = stream.take(size);
      const high = stream.take(size);
      const info = stream.varints(size);
      const below = depth + 1 < sizes.length ? starts(stream.varints(size)) : new Uint32Array(size + 1);
      const listed = starts(info.map((/** @type {number} */ told) => told >> 1));
      levels.push({ children, low, high, info, at: listed, gaps: stream.varints(listed[size]) });
      children = below;
    }
    const office = new Map();
    for (let i = 0; i < offices; i += 1) {
      const text = new TextDecoder("utf-16le").decode(stream.take(2 * stream.varint()));
      const own = stream.ascending(stream.varint(), -1);
      office.set(text, { docs: own, weights: stream.take(own.length) });
    }
    return { keys, at, docs, weights, levels, office };
  }

  /**
   * @param {Uint8Array} bytes @param {number} most units in a piece
   * @returns {any} columns by name, see columns.py; `first` is the first passage of each report, `piece` the piece that
   *   has the text of each passage (see fragments.py), `begins` the first passage of each piece
   */
  function readColumns(bytes, most) {
    const stream = new Bytestream(bytes);
    const [passages, reports] = stream.varints(2);
    const counts = stream.varints(reports);
    const [year, unit, kind, role] = [0, 0, 0, 0].map(() => Uint16Array.from(stream.varints(reports)));
    const part = Uint8Array.from(stream.varints(passages));
    const length = Uint8Array.from(stream.varints(passages));
    const codes = stream.varint();
    const units = stream.ascending(codes, 0);
    const spread = stream.varints(codes);
    /** @type {Map<number, number>} unit → class of how many passages have it */
    const alphabet = new Map();
    units.forEach((/** @type {number} */ unit, /** @type {number} */ i) => alphabet.set(unit, spread[i]));
    const first = starts(counts);
    const report = new Uint32Array(passages);
    for (let i = 0; i < reports; i += 1) { report.fill(i, first[i], first[i + 1]); }
    /** @type {number[]} */
    const begins = [];
    let size = 0;
    const piece = Uint32Array.from(report, (of, doc) => {
      const more = Math.floor(2 ** (length[doc] / 4) + 0.5);
      if (doc === first[of] || (doc > begins[begins.length - 1] && size + more > most)) { size = 0; begins.push(doc); }
      size += more;
      return begins.length - 1;
    });
    return { passages, reports, first, report, piece, begins, year, unit, kind, role, part, length, alphabet };
  }

  /** @param {string} content @returns {Text} */
  function readText(content) {
    const [[name, title, unitName, about], ...sections] = content.split("\x1e").map((record) => record.split("\x1f"));
    const passages = about === undefined ? [] : [{ anchor: "", heading: 0, text: about, folded: null }];
    for (const [anchor, heading, text] of sections) { passages.push({ anchor, heading: Number(heading), text, folded: null }); }
    return { name, title, unitName, passages };
  }

  /** The beginning of every text's stream: the dictionary as a stored block. @param {Uint8Array} dictionary */
  function dictionaryHead(dictionary) {
    const size = dictionary.length;
    const head = size ? [0x78, 0xda, 0, size & 255, size >> 8, ~size & 255, ~size >> 8 & 255] : [0x78, 0xda];
    return join(Uint8Array.from(head), dictionary);
  }

  /**
   * @param {any} manifest
   * @param {(name: string) => Promise<string>} fetch gives the packed text of a file by its name
   */
  function open(manifest, fetch) {
    /** @type {Map<string, Promise<any>>} by name, the one used last at the end */
    const kept = new Map();
    let postings = 0;

    /** @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>} */
    function keep(name, make) {
      const known = kept.get(name) || make();
      kept.delete(name);
      kept.set(name, known);
      known.catch(() => kept.delete(name));
      return known;
    }

    /** Forgets what was not used for long. */
    function tidy() {
      let texts = 0;
      for (const name of kept.keys()) { if (name.startsWith("texts/")) { texts += 1; } }
      for (const [name, value] of kept) {
        if (name.startsWith("texts/") && texts > MOST_TEXTS) {
          kept.delete(name);
          texts -= 1;
        } else if (name.startsWith("terms/") && postings > MOST_POSTINGS) {
          kept.delete(name);
          value.then((terms) => { postings -= terms.docs.length; });
        }
      }
    }

    /** @param {string} kind @param {number} number */
    function grouped(kind, number) {
      const group = Math.floor(number / manifest.group);
      return `${kind}/${group}-${manifest[kind][group]}/${number % manifest.group}`;
    }

    /** @param {string} name @returns {Promise<Uint8Array>} */
    const payload = (name) => fetch(name).then(unpack).then(inflate);

    /** @param {number} number @returns {Promise<Terms>} */
    const terms = (number) => {
      const name = grouped("terms", number);
      return keep(name, async () => {
        const made = readTerms(await payload(name), number, manifest);
        postings += made.docs.length;
        return made;
      });
    };

    const dictionary = () => keep("dictionary", () => payload(manifest.files.dictionary));

    /** @param {number} number @returns {Promise<Text>} a piece of a report */
    const piece = (number) => {
      const name = grouped("texts", number);
      return keep(name, async () => {
        const [body, words] = await Promise.all([fetch(name).then(unpack), dictionary()]);
        const bytes = await inflate(join(dictionaryHead(words), body));
        return readText(new TextDecoder("utf-16le", { ignoreBOM: true }).decode(bytes.subarray(words.length)));
      });
    };

    const columns = () => keep("columns", () => payload(manifest.files.columns).then((bytes) => readColumns(bytes, manifest.piece)));

    /** A passage, and what its report is. @param {number} doc */
    async function passage(doc) {
      const all = await columns();
      const number = all.piece[doc];
      const report = await piece(number);
      const own = report.passages[doc - all.begins[number]];
      own.folded = own.folded || baogao.foldPassage(own.text);
      return { report, ...own, folded: own.folded };
    }

    /** A table that is JSON. @param {string} name @returns {Promise<any>} null when the build has none */
    const table = (name) => keep(name, async () => manifest.files[name]
      ? JSON.parse(new TextDecoder().decode(await payload(manifest.files[name]))) : null);

    return {
      manifest, columns, terms, passage, table, tidy,
      /** The payload number of a key. @param {number} key */
      place: (key) => manifest.bits ? key >>> (32 - manifest.bits) : 0,
    };
  }

  baogao.shards = { open, pairKey };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
