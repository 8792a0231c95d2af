// @ts-check
// One answer: from a query to hits, facets and what else may be meant. The types are those of types.js.
(function (baogao) {
  "use strict";

  const FACETS = ["year", "unit", "kind", "part", "role"];
  /** Fewer exact hits than this, and the second stage is tried. */
  const ENOUGH = 5;
  const MOST_REPORTS = 5;
  const MOST_TRIED = 8;
  const MOST_SUGGESTED = 3;
  const LIMIT = 10;

  /** @param {any} shards from baogao.shards.open */
  async function open(shards) {
    const { manifest } = shards;
    const { labels } = manifest;
    const columns = await shards.columns();
    const exact = baogao.exact.open(shards);
    const rank = baogao.rank.open(shards, columns);
    const { intersect, union, without, position } = baogao.exact;

    /** @param {number} doc @returns {boolean} whether a passage is a section, not the text about a report */
    const isSection = (doc) => doc !== columns.first[columns.report[doc]];

    baogao.fold.load(manifest.fold);

    /**
     * The rows of folding that the corpus itself does not need are loaded when a text has a character that folds to nothing
     * known: all others fold by the rows at hand, or to themselves.
     * @param {string} text
     */
    async function prepareFolding(text) {
      for (const char of text) {
        if (!columns.alphabet.has(char.charCodeAt(0)) && !baogao.fold.knows(char)) { return loadFolding(); }
      }
      return undefined;
    }

    async function loadFolding() {
      baogao.fold.load(await shards.table("fold"));
    }

    /** @param {string[]} names */
    async function loadWords(names) {
      if (!baogao.words) { return; }
      await Promise.all(names.map(async (name) => {
        if (loaded.has(name)) { return; }
        const table = await shards.table(name);
        if (table && !loaded.has(name)) { loaded.add(name); baogao.words.load({ [name]: table }); }
      }));
    }
    /** @type {Set<string>} */
    const loaded = new Set();

    /** @param {string} query */
    async function parse(query) {
      await prepareFolding(query);
      return baogao.parseQuery(query, labels);
    }

    // Filters and facets

    /** The index of the label of a passage. @param {string} facet @param {number} doc */
    const labelOf = (facet, doc) => facet === "part" ? columns.part[doc] : columns[facet][columns.report[doc]];

    /**
     * For each facet which labels are let through, or null for all.
     * @param {any} parsed @param {any} chosen options.filters
     * @returns {Record<string, boolean[]|null>}
     */
    function gates(parsed, chosen) {
      /** @type {Record<string, boolean[]|null>} */
      const made = {};
      for (const facet of FACETS) {
        const sets = parsed.filters.filter((/** @type {any} */ f) => f.name === facet).map((/** @type {any} */ f) => new Set(f.values));
        if (chosen && chosen[facet] && chosen[facet].length) { sets.push(new Set(chosen[facet].map(String))); }
        made[facet] = sets.length ? labels[facet].map((/** @type {string[]} */ [value]) => sets.every((/** @type {Set<string>} */ set) => set.has(value))) : null;
      }
      return made;
    }

    /** @param {number} doc @param {Record<string, boolean[]|null>} gate */
    const passes = (doc, gate) => FACETS.every((facet) => !gate[facet] || gate[facet][labelOf(facet, doc)]);

    /**
     * What could be chosen, and how much that would show: in a list already chosen from the others count as well, but not beyond
     * what the query itself lets through.
     * @param {Uint32Array} docs sections before filtering @param {Record<string, boolean[]|null>} gate
     * @param {Record<string, boolean[]|null>} own the gates of the query
     */
    function facets(docs, gate, own) {
      /** @type {Record<string, {value: string, label: string, count: number}[]>} */
      const made = {};
      for (const facet of FACETS) {
        const counts = new Array(labels[facet].length).fill(0);
        const open = { ...gate, [facet]: own[facet] };
        for (const doc of docs) { if (passes(doc, open)) { counts[labelOf(facet, doc)] += 1; } }
        made[facet] = labels[facet]
          .map((/** @type {string[]} */ [value, label], /** @type {number} */ i) => ({ value, label, count: counts[i] }))
          .filter((/** @type {any} */ row) => row.value && row.count);
        if (facet === "year") { made[facet].sort((a, b) => Number(b.value) - Number(a.value)); } else { made[facet].sort((a, b) => b.count - a.count); }
      }
      return made;
    }

    // Hits

    /** What a report is, for hits of both kinds. @param {number} report @param {any} text */
    function about(report, text) {
      const [year, unit, kind, role] = ["year", "unit", "kind", "role"].map((facet) => labels[facet][columns[facet][report]]);
      return {
        report, title: text.title, year: Number(year[0]), unit: unit[0], unitName: text.unitName,
        kind: kind[0], kindName: kind[1], role: role[0], roleName: role[1],
      };
    }

    /** @param {number} doc @param {string[]} wanted folded */
    async function hit(doc, wanted) {
      const passage = await shards.passage(doc);
      const [part, partName] = labels.part[columns.part[doc]];
      return {
        section: doc, ...about(columns.report[doc], passage.report), anchor: passage.anchor,
        url: `reports/${passage.report.name}.html${passage.anchor && "#" + passage.anchor}`,
        heading: passage.text.slice(0, passage.heading), part, partName,
        ...baogao.snippet.cut(passage.text, passage.folded, wanted),
      };
    }

    /** @param {number} report @param {string[]} wanted */
    async function reportHit(report, wanted) {
      const text = (await shards.passage(columns.first[report])).report;
      return { ...about(report, text), url: `reports/${text.name}.html`, marked: baogao.snippet.mark(text.title, wanted) };
    }

    /**
     * A list of hits in its window.
     * @param {Uint32Array} ordered @param {string[]} wanted @param {any} options
     */
    async function list(ordered, wanted, options) {
      const offset = options.offset || 0;
      const limit = options.limit === undefined ? LIMIT : options.limit;
      const reports = new Set(Array.from(ordered, (doc) => columns.report[doc]));
      const shown = Array.from(ordered.subarray(offset, offset + limit));
      return { total: ordered.length, reports: reports.size, hits: await Promise.all(shown.map((doc) => hit(doc, wanted))) };
    }

    // The second stage

    /** Sections found with synonyms in place of parts. @param {any[]} parts wanted @param {Uint32Array} bad left out @param {any[]} expanded */
    async function bySynonyms(parts, bad, expanded) {
      const lists = await Promise.all(parts.map(async (part) => {
        const entry = expanded.find((each) => each.part === part.text);
        const texts = [part.folded, ...(entry ? entry.alternatives.map((/** @type {string} */ a) => baogao.fold(a).text).filter(Boolean) : [])];
        return union(await Promise.all(texts.map(exact.having)));
      }));
      return without(lists.reduce(intersect), bad);
    }

    /** Sections of reports that have every part, each somewhere. @param {any[]} parts @param {Uint32Array} bad left out */
    async function byReport(parts, bad) {
      const lists = await Promise.all(parts.map((part) => exact.having(part.folded)));
      const reports = lists.map((docs) => new Set(Array.from(docs, (doc) => columns.report[doc])));
      return without(union(lists), bad).filter((/** @type {number} */ doc) => reports.every((set) => set.has(columns.report[doc])));
    }

    /** What loose.js needs of the index. @param {(doc: number) => boolean} allowed */
    const access = (allowed) => ({
      passages: columns.passages, mean: manifest.mean || 1, scoring: manifest.scoring, occurrences: manifest.occurrences, allowed,
      /** @param {number} doc */
      length: (doc) => 2 ** (columns.length[doc] / 4),
      /** @param {string[]} words */
      all: async (words) => (await exact.all(words)).docs,
      /** @param {string} gram one or two units */
      async postings(gram) {
        const found = await exact.posting(gram, 0, gram.length);
        return found.index < 0 ? null : found;
      },
    });

    /**
     * What is found otherwise than as written.
     * @param {any} parsed @param {any} options @param {Uint32Array} known exact sections @param {(doc: number) => boolean} allowed
     * @param {any[]} expanded
     */
    async function loosely(parsed, options, known, allowed, expanded) {
      const wanted = parsed.parts.filter((/** @type {any} */ part) => !part.exclude);
      const unwanted = parsed.parts.filter((/** @type {any} */ part) => part.exclude).map((/** @type {any} */ part) => part.folded);
      /** @type {Uint32Array} sections with what is not wanted */
      const bad = union([new Uint32Array(0), ...await Promise.all(unwanted.map(exact.having))]);
      const taken = new Set(known);
      /** @type {{how: string, words: string[], docs: number[]}} */
      const found = { how: "", words: [], docs: [] };
      /** @param {string} how @param {string[]} words @param {ArrayLike<number>} docs best first */
      const add = (how, words, docs) => {
        const fresh = Array.from(docs).filter((doc) => isSection(doc) && allowed(doc) && !taken.has(doc));
        if (!fresh.length) { return; }
        for (const doc of fresh) { taken.add(doc); }
        found.how = how;
        found.words = [...new Set([...found.words, ...words])];
        found.docs.push(...fresh);
      };
      /** @param {Uint32Array} docs */
      const grouped = (docs) => rank.order(docs, new Float64Array(docs.length), options.sort);
      if (expanded.length) {
        const words = expanded.flatMap((each) => each.alternatives).concat(wanted.map((/** @type {any} */ part) => part.text));
        add("synonyms", words, grouped(await bySynonyms(wanted, bad, expanded)));
      }
      if (wanted.length > 1) {
        add("report", wanted.map((/** @type {any} */ part) => part.text), grouped(await byReport(wanted, bad)));
      }
      if (baogao.loose && found.how !== "report" && known.length + found.docs.length < ENOUGH && !wanted.some((/** @type {any} */ part) => part.quoted)) {
        await loadWords(["vocabulary"]);
        /** @param {number} doc */
        const open = (doc) => isSection(doc) && allowed(doc) && !taken.has(doc) && position(bad, doc) < 0;
        const more = await baogao.loose.search(wanted.map((/** @type {any} */ part) => part.folded).join(" "), access(open));
        add(more.how, more.words, rank.order(Uint32Array.from(more.docs), Float64Array.from(more.scores), options.sort));
      }
      return found;
    }

    /** @param {any[]} wanted parts @returns {Promise<{part: string, alternatives: string[]}[]>} */
    async function expansions(wanted) {
      if (!baogao.words) { return []; }
      await loadWords(["synonyms"]);
      return wanted.filter((part) => !part.quoted)
        .map((part) => ({ part: part.text, alternatives: baogao.words.synonyms(part.folded) }))
        .filter((entry) => entry.alternatives.length);
    }

    /** 您是不是要找…: only what finds something. @param {string} query @param {any[]} wanted */
    async function suggestions(query, wanted) {
      if (!baogao.words) { return []; }
      await loadWords(["vocabulary", "readings", "offers"]);
      const proposals = wanted.filter((part) => !part.quoted).flatMap((part) => [
        ...(baogao.pinyin ? baogao.pinyin.meant(part.folded) : []), ...baogao.words.slips(part.folded), ...baogao.words.related(part.folded),
      ].map((each) => ({ ...each, query: query.replace(part.text, each.query), text: each.query, part: part.text })));
      const tried = proposals.slice(0, MOST_TRIED);
      const worth = await Promise.all(tried.map(({ text }) => worthOf(baogao.fold(text).text)));
      const most = Math.max(...worth);
      return tried.filter((_, i) => most && worth[i] === most).slice(0, MOST_SUGGESTED)
        .map(({ query: whole, why, part }) => ({ query: whole, why, part }));
    }

    /** 2: a text stands somewhere; 1: at least its words do, in one section; 0: neither. @param {string} folded */
    async function worthOf(folded) {
      if (!folded) { return 0; }
      if ((await exact.having(folded)).length) { return 2; }
      const { words } = baogao.words.read(folded);
      return Number(words.length > 1 && (await exact.all(words)).docs.length > 0);
    }

    // Pages that are meant

    /**
     * Pages to show before the hits. @param {any[]} wanted parts @param {boolean} found whether anything else was found
     * @returns {Promise<any[]>} see PageHit in types.js
     */
    async function pagesFor(wanted, found) {
      if (!wanted.length) { return []; }
      await loadWords(["pages"]);
      const texts = wanted.map((part) => part.folded);
      // Without the vocabulary all is one word, and no name has it.
      const pages = baogao.pages.find(texts, baogao.words.read(texts.join(" ")).words);
      if (pages.length || found || texts.length > 1 || !/^[a-z]{3,}$/.test(texts[0])) { return pages; }
      await loadWords(["offers", "readings"]);
      return baogao.pages.at(baogao.pinyin.suggest(texts[0])[0]);
    }

    // The answer

    /** All passages, for a query that only filters. */
    const everything = () => Uint32Array.from({ length: columns.passages }, (_, doc) => doc);

    /** @param {string} query @param {any} options see SearchOptions */
    async function search(query, options) {
      const parsed = await parse(query);
      const inner = options.within ? (await parse(options.within)) : { parts: [], filters: [] };
      const wanted = parsed.parts.filter((/** @type {any} */ part) => !part.exclude);
      const all = [...wanted, ...inner.parts.filter((/** @type {any} */ part) => !part.exclude)].map((part) => part.folded);
      const unwanted = [...parsed.parts, ...inner.parts].filter((part) => part.exclude).map((part) => part.folded);
      const filters = { filters: [...parsed.filters, ...inner.filters] };
      if (!all.length && !filters.filters.length) {
        const answer = blank(query, parsed);
        return parsed.parts.length ? { ...answer, error: { code: "query", message: "只有不要的词，请再输入要找的词。" } } : answer;
      }
      const own = gates(filters, null);
      const gate = gates(filters, options.filters);
      /** @type {{docs: Uint32Array, found: any[]}} */
      const { docs, found } = all.length ? await exact.all([...new Set(all)], [...new Set(unwanted)]) : { docs: everything(), found: [] };
      const sections = docs.filter(isSection);
      const kept = sections.filter((doc) => passes(doc, gate));
      const open = { ...gate, part: null };
      const titled = all.length ? docs.filter((doc) => !isSection(doc) && passes(doc, open)).map((doc) => columns.report[doc]) : new Uint32Array(0);
      const points = rank.scores(kept, found, new Set(titled));
      const marks = wanted.map((/** @type {any} */ part) => part.folded);
      const reports = Array.from(titled).sort((a, b) => Number(labels.year[columns.year[b]][0]) - Number(labels.year[columns.year[a]][0]) || a - b);
      const ordered = rank.order(kept, points, options.sort);
      const [hits, reportsFound] = await Promise.all([
        list(ordered, marks, options),
        Promise.all((options.limit === 0 || options.offset ? [] : reports.slice(0, MOST_REPORTS)).map((report) => reportHit(report, marks))),
      ]);
      const few = kept.length < ENOUGH && wanted.length > 0 && options.loose !== false;
      const answer = {
        ...blank(query, parsed), exact: options.ids ? { ...hits, ids: Array.from(ordered) } : hits,
        reportsFound, reportsTotal: reports.length, facets: facets(sections, gate, own),
      };
      const whole = few || options.loose ? await withSecondStage(answer, query, options, { parsed, wanted, kept, gate, own }) : answer;
      return options.limit === 0 || options.offset ? whole : { ...whole, pages: await pagesFor(wanted, kept.length + reports.length > 0) };
    }

    /** @param {any} answer @param {string} query @param {any} options @param {any} state */
    async function withSecondStage(answer, query, options, { parsed, wanted, kept, gate, own }) {
      const expanded = options.expand === false ? [] : await expansions(wanted);
      const found = await loosely(parsed, options, kept, (doc) => passes(doc, gate), expanded);
      const words = found.words.map((word) => baogao.fold(word).text).filter(Boolean);
      const hits = await list(Uint32Array.from(found.docs), words, { limit: options.limit });
      const none = !kept.length && !answer.reportsTotal;
      return {
        ...answer, expanded, loose: { how: found.how, query: found.words.join(" "), ...hits },
        suggestions: none ? await suggestions(query, wanted) : [],
        facets: kept.length || !found.docs.length ? answer.facets : facets(Uint32Array.from(found.docs), gate, own),
      };
    }

    /** An answer in which nothing is found. @param {string} query @param {any} parsed */
    function blank(query, parsed) {
      const none = () => ({ total: 0, reports: 0, hits: [] });
      return {
        query, parsed, pages: [], exact: none(), reportsFound: [], reportsTotal: 0, loose: { how: "", query: "", ...none() },
        facets: facets(new Uint32Array(0), {}, {}), expanded: [], suggestions: [],
      };
    }

    /** @param {string} prefix */
    async function suggest(prefix) {
      if (!baogao.pinyin) { return []; }
      await Promise.all([loadWords(["offers", "readings"]), prepareFolding(prefix)]);
      return baogao.pinyin.suggest(baogao.fold(prefix).text);
    }

    /** @param {string} text */
    async function fold(text) {
      await loadFolding();
      return baogao.fold(text);
    }

    return { search, suggest, parse, fold };
  }

  baogao.engine = { open };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
