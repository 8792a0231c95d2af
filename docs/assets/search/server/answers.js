// @ts-check
// Answers from a server of the office in place of the static index: the queries of hooks/baogao/fulltext/clickhouse/sql, asked over
// HTTP. Only sites whose mkdocs.yml names such a server (extra.search.endpoint) have this script. What a query means, what is folded,
// marked and cut is the same code as ever; when the server does not answer, the static index does, where the site has one.
(function (baogao) {
  "use strict";

  /** The client of the static index. */
  const own = /** @type {any} */ (window).baogaoSearch;
  /** @type {{url: string, index: boolean}} written by hooks/search.py */
  const { url, index } = baogao.server;
  const address = new URL(url.endsWith("/") ? url : `${url}/`, own.root()).href;
  const FACETS = ["year", "unit", "kind", "part", "role"];
  const ENOUGH = 5;
  const MOST_REPORTS = 5;
  const LIMIT = 10;
  /** Milliseconds: how long the server may take, and how long it is left alone after it did not answer. */
  const PATIENCE = 15000;
  const REST = 30000;
  /** What is chosen where nothing may pass: no year and no name is like it. */
  const NOTHING = "-";
  /** Numbers of errors that mean too much work or too many readers. */
  const BUSY = [158, 159, 160, 201, 202, 241, 307, 396];
  /** @type {Record<string, string>} */
  const MESSAGES = {
    away: "检索服务没有回答，请稍后再试；一直这样，请告诉管理员。按年度、按单位浏览仍然可用。",
    busy: "检索服务正忙，或者要找的太多。请过一会儿再试，或者多写几个字、加上年度和单位。",
    broken: "检索服务出错了，请告诉管理员。按年度、按单位浏览仍然可用。",
    stale: "检索数据已更新，请刷新页面。",
  };

  /** What went wrong; `kind` is one of MESSAGES. */
  class Failure extends Error {
    /** @param {string} kind @param {string} [detail] for the administrator */
    constructor(kind, detail) {
      super(MESSAGES[kind]);
      this.kind = kind;
      this.detail = detail || "";
    }
  }

  // Asking

  /** A value as the server reads it. @param {any} value @returns {string} */
  function written(value) {
    if (Array.isArray(value)) {
      return `[${value.map((each) => typeof each === "string" ? `'${each.replace(/[\\']/g, "\\$&")}'` : String(each)).join(",")}]`;
    }
    return typeof value === "string" ? value.replace(/\\/g, "\\\\") : String(value);
  }

  /** @param {string} name of the query @param {Record<string, any>} [given] @returns {Promise<any[]>} rows */
  async function get(name, given = {}) {
    const parameters = new URLSearchParams(Object.entries(given).map(([key, value]) => [`param_${key}`, written(value)]));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE);
    let response;
    let text;
    try {
      response = await fetch(`${address}${name}?${parameters}`, { signal: controller.signal, credentials: "omit", cache: "no-store" });
      text = await response.text();
    } catch (error) {
      throw new Failure("away", String(error));
    } finally {
      clearTimeout(timer);
    }
    /** @type {any} */
    let told = {};
    try {
      told = response.ok ? JSON.parse(text) : { exception: text };
    } catch (error) {
      // What goes wrong after the answer has begun ends it in the middle, or
      throw new Failure("broken", text.slice(-300));
    }
    // is told in it, beside the rows that were ready: these are not all.
    if (told.exception !== undefined || !Array.isArray(told.data)) {
      const said = String(told.exception);
      const code = /^Code: (\d+)/.exec(said);
      throw new Failure(code && BUSY.includes(Number(code[1])) || response.status === 429 ? "busy" : "broken", said.slice(0, 300));
    }
    return told.data;
  }

  /**
   * What is asked once: the build that answers, the names of facets; the table of folding is loaded.
   * @type {Promise<{build: string, labels: Record<string, string[][]>}>|null}
   */
  let opening = null;
  function opened() {
    opening = opening || open();
    opening.catch(() => { opening = null; });
    return opening;
  }
  async function open() {
    const [told] = await get("manifest");
    if (!told) { throw new Failure("broken", "no build"); }
    const [table] = await get("folding", { build: told.build });
    if (!table) { throw new Failure("stale"); }
    baogao.fold.load(JSON.parse(table.folding));
    /** @type {Record<string, string[][]>} */
    const labels = {};
    for (const facet of FACETS) { labels[facet] = []; }
    for (const [facet, value, label] of told.labels) { labels[facet].push([value, label]); }
    return { build: told.build, labels };
  }

  // One answer

  /**
   * For each facet the values let through, or null for all.
   * @param {any[]} filters of the query @param {any} chosen options.filters @param {Record<string, string[][]>} labels
   * @returns {Record<string, string[]|null>}
   */
  function gates(filters, chosen, labels) {
    /** @type {Record<string, string[]|null>} */
    const made = {};
    for (const facet of FACETS) {
      const sets = filters.filter((f) => f.name === facet).map((f) => new Set(f.values));
      if (chosen && chosen[facet] && chosen[facet].length) { sets.push(new Set(chosen[facet].map(String))); }
      made[facet] = sets.length ? labels[facet].map(([value]) => value).filter((value) => sets.every((set) => set.has(value))) : null;
    }
    return made;
  }

  /** @param {Record<string, string[]|null>} gate @param {string} head of the names */
  function chosenOf(gate, head) {
    return Object.fromEntries(FACETS.map((facet) => {
      const values = gate[facet];
      const named = values && !values.length ? [facet === "year" ? "0" : NOTHING] : values || [];
      return [head + facet, facet === "year" ? named.map(Number) : named];
    }));
  }

  /** @param {string[]} texts @returns {string[]} each once, the longest first: these narrow most */
  const distinct = (texts) => [...new Set(texts)].sort((a, b) => b.length - a.length);

  /** @param {any} row @param {(facet: string, value: string) => string} nameOf what a value is called */
  const about = (row, nameOf) => ({
    report: row.report, title: row.title, year: row.year, unit: row.unit, unitName: row.unit_name,
    kind: row.kind, kindName: nameOf("kind", row.kind), role: row.role, roleName: nameOf("role", row.role),
  });

  /** @param {string} query @param {any} options see SearchOptions */
  async function ask(query, options) {
    const { build, labels } = await opened();
    /** @param {string} facet @param {string} value */
    const nameOf = (facet, value) => (labels[facet].find(([each]) => each === value) || ["", ""])[1];
    const parsed = baogao.parseQuery(query, labels);
    const inner = options.within ? baogao.parseQuery(options.within, labels) : { parts: [], filters: [] };
    const wanted = parsed.parts.filter((/** @type {any} */ part) => !part.exclude);
    const parts = [...parsed.parts, ...inner.parts];
    const words = distinct(parts.filter((part) => !part.exclude).map((part) => part.folded));
    const filters = [...parsed.filters, ...inner.filters];
    const empty = blank(query, parsed);
    if (!words.length && !filters.length) {
      return parsed.parts.length ? { ...empty, error: { code: "query", message: "只有不要的词，请再输入要找的词。" } } : empty;
    }
    const asked = {
      build, words, without: distinct(parts.filter((part) => part.exclude).map((part) => part.folded)),
      ...chosenOf(gates(filters, options.filters, labels), ""),
    };
    const { part: chosenPart, ...whole } = /** @type {any} */ (asked);
    const marks = wanted.map((/** @type {any} */ part) => part.folded);
    const limit = options.limit === undefined ? LIMIT : options.limit;
    const [[told], rows, titles, ordered] = await Promise.all([
      get("hits", asked), get("facets", { ...asked, ...chosenOf(gates(filters, null, labels), "own_") }),
      get("titles", { ...whole, limit: MOST_REPORTS }), order(asked, options, limit),
    ]);
    if (!told.known) { throw new Failure("stale"); }
    const texts = await textsOf(build, ordered.slice(0, limit));
    const hits = ordered.slice(0, limit).map((section) => {
      const row = texts.get(section);
      if (!row) { throw new Failure("stale"); }
      return {
        section, ...about(row, nameOf), anchor: row.anchor, url: `reports/${row.name}.html${row.anchor && "#" + row.anchor}`,
        heading: row.heading, part: row.part, partName: nameOf("part", row.part),
        ...baogao.snippet.cut(row.text, baogao.foldPassage(row.text), marks),
      };
    });
    const first = !options.offset && limit > 0;
    const exact = { total: told.total, reports: told.reports, hits, ...options.ids ? { ids: ordered } : {} };
    return {
      ...empty, exact, facets: facets(rows, labels), reportsTotal: titles.length ? titles[0].total : 0,
      reportsFound: (first ? titles : []).map((row) => (
        { ...about(row, nameOf), url: `reports/${row.name}.html`, marked: baogao.snippet.mark(row.title, marks) })),
    };
  }

  /** The numbers of the sections, in order. @param {any} asked @param {any} options @param {number} limit @returns {Promise<number[]>} */
  async function order(asked, options, limit) {
    // With `ids` all are told, though only some are shown.
    const [most, offset] = options.ids ? [4e9, 0] : [limit, options.offset || 0];
    if (!most) { return []; }
    const [weights] = await get("weights", { build: asked.build, words: asked.words });
    if (!weights) { throw new Failure("stale"); }
    const sort = options.sort === "year" ? "year" : "relevance";
    return (await get("ranking", { ...asked, ...weights, sort, limit: most, offset })).map((row) => row.section);
  }

  /** @param {string} build @param {number[]} sections @returns {Promise<Map<number, any>>} */
  async function textsOf(build, sections) {
    const rows = sections.length ? await get("snippets", { build, sections }) : [];
    return new Map(rows.map((row) => [row.section, row]));
  }

  /** @param {any[]} rows @param {Record<string, string[][]>} labels */
  function facets(rows, labels) {
    const counts = new Map(rows.map((row) => [`${row.name} ${row.value}`, row.count]));
    /** @type {Record<string, {value: string, label: string, count: number}[]>} */
    const made = {};
    for (const facet of FACETS) {
      made[facet] = labels[facet].map(([value, label]) => ({ value, label, count: counts.get(`${facet} ${value}`) || 0 }))
        .filter((row) => row.value && row.count)
        .sort((a, b) => facet === "year" ? Number(b.value) - Number(a.value) : b.count - a.count);
    }
    return made;
  }

  /** An answer in which nothing is found. @param {string} query @param {any} parsed */
  function blank(query, parsed) {
    const none = () => ({ total: 0, reports: 0, hits: [] });
    return {
      query, parsed, pages: [], exact: none(), reportsFound: [], reportsTotal: 0, loose: { how: "", query: "", ...none() },
      facets: facets([], Object.fromEntries(FACETS.map((facet) => [facet, []]))), expanded: [], suggestions: [],
    };
  }

  /** The same, again with the build of today when the one that was opened is gone. @param {string} query @param {any} options */
  async function askAgain(query, options) {
    try {
      return await ask(query, options);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "stale") { throw error; }
      opening = null;
      return ask(query, options);
    }
  }

  /**
   * What the server does not know: pages of initiatives, what is found otherwise than as written, what else may be meant.
   * @param {any} answer @param {string} query @param {any} options
   */
  async function complete(answer, query, options) {
    if (!index || answer.error || options.offset || options.limit === 0) { return answer; }
    const few = answer.exact.total < ENOUGH && options.loose !== false;
    const more = await own.search(query, { ...options, loose: few || options.loose === true ? options.loose : false });
    if (more.error) { return answer; }
    const { pages, loose, expanded, suggestions } = more;
    return {
      ...answer, pages, loose, expanded, suggestions: answer.exact.total || answer.reportsTotal ? [] : suggestions,
      facets: answer.exact.total || !loose.total ? answer.facets : more.facets,
    };
  }

  // When the server does not answer

  /** Until when it is not asked again. */
  let resting = 0;

  /** @param {string} query @param {any} [options] */
  async function search(query, options = {}) {
    let failure = new Failure("away");
    if (Date.now() >= resting) {
      try {
        return await complete(await askAgain(query, options), query, options);
      } catch (error) {
        failure = error instanceof Failure ? error : new Failure("broken", String(error));
        console.error("baogaoSearch:", failure.kind, failure.detail);
        if (failure.kind === "away" && index) { resting = Date.now() + REST; }
      }
    }
    if (index) {
      const answer = await own.search(query, options);
      if (!answer.error) { return { ...answer, instead: true }; }
    }
    const code = failure.kind === "stale" ? "stale" : "missing";
    return { ...blank(query, { parts: [], filters: [] }), error: { code, message: failure.message } };
  }

  /** By the server's table; by the site's own where the server does not answer. @param {(opened: any) => any} work @param {() => any} otherwise */
  const byServer = (work, otherwise) => opened().then(work, (error) => { if (index) { return otherwise(); } throw error; });

  /** @type {any} */ (window).baogaoSearch = {
    ...own,
    ready: () => byServer(() => undefined, own.ready),
    prefetch: () => { opened().catch(() => undefined); },
    search,
    suggest: (/** @type {string} */ prefix) => index ? own.suggest(prefix) : Promise.resolve([]),
    fold: (/** @type {string} */ text) => byServer(() => baogao.fold(text), () => own.fold(text)),
    parse: (/** @type {string} */ query) => byServer(({ labels }) => baogao.parseQuery(query, labels), () => own.parse(query)),
  };
})(/** @type {any} */ (self).baogao);
