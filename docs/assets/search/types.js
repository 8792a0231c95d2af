// The public interface of the search, as types. Nothing runs here and no page loads this file: it is what
// `tsc --checkJs`, the interface, the tests and the bench read.
//
// window.baogaoSearch
//   .ready()                 loads manifest, tables and worker; resolves when a query can be answered
//   .search(query, options)  one answer, see Answer; never rejects: what went wrong is in `answer.error`
//   .suggest(prefix)         titles, units, initiatives, terms that begin with or sound like what is typed
//   .fold(text)              the folded text and where each of its characters stands in the original
//   .parse(query)            how a query is understood, for chips and for marks in a page
//   .prefetch()              the same as ready(), when idle (hover over the box)
//   .manifest()              the manifest when it is there, else null
// Nothing is requested before ready(), prefetch(), search() or suggest() is called, except by fold(), which
// loads its own table only.

/**
 * One section of one report in which the query stands.
 * @typedef {Object} Hit
 * @property {number} section   number of the section, stable within one build
 * @property {number} report    number of the report; hits of one report stand together in `hits`
 * @property {string} url       page and anchor, relative to the root of the site: `reports/2022/a-b.html#problem`
 * @property {string} anchor    `problem`; empty for what stands before the first heading
 * @property {string} title     title of the report
 * @property {string} heading   the section's heading as written (`（一）加强政治建设。`); empty for the lead
 * @property {number|null} year
 * @property {string} unit      id; its name as of that year in `unitName`
 * @property {string} unitName
 * @property {string} kind      id; its name in `kindName`
 * @property {string} kindName
 * @property {string} role      id of who reports (分管领导 …), with name in `roleName`; empty when there is none
 * @property {string} roleName
 * @property {string} part      id of what the section is (`problem`); empty when it is not recognised
 * @property {string} partName
 * @property {Mark[]} snippet   text around the first place(s), in original spelling; pieces in order
 * @property {number} offset    where the first occurrence begins, in characters of the section's text (heading,
 *                              line end, own text); -1 when it is in the title only
 * @property {number} count     how often the query's parts occur in the section
 */

/**
 * A piece of a snippet.
 * @typedef {Object} Mark
 * @property {string} text
 * @property {boolean} mark     whether it is what was looked for
 */

/**
 * A report found by its title, unit, year, kind and role (`2022 分管领导 述职`), listed before the sections.
 * @typedef {Object} ReportHit
 * @property {number} report
 * @property {string} url
 * @property {string} title
 * @property {Mark[]} marked    the title in pieces
 * @property {number|null} year
 * @property {string} unit
 * @property {string} unitName
 * @property {string} kind
 * @property {string} kindName
 * @property {string} role
 * @property {string} roleName
 */

/**
 * The page of an initiative that the query means; shown first.
 * @typedef {Object} PageHit
 * @property {string} label     what it is called, with the name that was typed where that is another
 * @property {string} url       relative to the root of the site
 * @property {string} facts     what it holds: 组织 · 2018—2023年度 · 42处
 */

/**
 * A list of hits: `total` is the true number of sections, `reports` of reports; `hits` is the window asked for.
 * @typedef {Object} HitList
 * @property {number} total
 * @property {number} reports
 * @property {Hit[]} hits
 * @property {number[]} [ids]   see SearchOptions.ids
 */

/**
 * What was found by words and not as written; shown apart.
 * @typedef {Object} Loose
 * @property {string} how       the farthest that was gone: "" nothing was tried or found, "synonyms" with synonyms in
 *                              place of parts, "report" all parts in one report, "words" every word, "most" most of the words
 * @property {string} query     what was searched: words joined by blanks, for 已按“…”检索
 * @property {number} total
 * @property {number} reports
 * @property {Hit[]} hits
 */

/**
 * @typedef {Object} FacetValue
 * @property {string} value     what goes into `filters`
 * @property {string} label     what the user reads
 * @property {number} count     sections among the exact hits, the facet's own filter left aside
 */

/**
 * @typedef {Object} Facets
 * @property {FacetValue[]} year
 * @property {FacetValue[]} unit
 * @property {FacetValue[]} kind
 * @property {FacetValue[]} part
 * @property {FacetValue[]} role
 */

/**
 * Values chosen: within one facet any of them, across facets all of them. Values as in FacetValue.value.
 * @typedef {Object} Filters
 * @property {string[]} [year]
 * @property {string[]} [unit]
 * @property {string[]} [kind]
 * @property {string[]} [part]
 * @property {string[]} [role]
 */

/**
 * @typedef {Object} SearchOptions
 * @property {Filters} [filters]
 * @property {"relevance"|"year"} [sort]  相关度 (the default) or 年度, newest first
 * @property {number} [limit]    sections in `exact.hits` (default 10); reports in `reportsFound` are at most 5
 * @property {number} [offset]   sections to skip (default 0)
 * @property {string} [within]   在结果中检索: an earlier query that must hold too (its snippets are not marked)
 * @property {boolean} [expand]  false: without synonyms (不扩展)
 * @property {boolean} [loose]   false: no second stage; true: even when there are many exact hits. Without it the
 *                               second stage is tried when there are fewer than 5 exact hits
 * @property {boolean} [ids]      true: `exact.ids` lists the numbers of all sections found, in order (cheap: no text is loaded)
 */

/**
 * A part of the query with what else was searched for it (同时检索了…).
 * @typedef {Object} Expanded
 * @property {string} part
 * @property {string[]} alternatives
 */

/**
 * 您是不是要找…
 * @typedef {Object} Suggestion
 * @property {string} query     what to search instead
 * @property {string} why       "homophone", "slip", "synonym", "pinyin"
 * @property {string} part      the part of the query it replaces
 */

/**
 * @typedef {Object} SearchError
 * @property {"stale"|"missing"|"browser"|"query"} code
 * @property {string} message   in Chinese, to be shown as it is
 */

/**
 * @typedef {Object} Answer
 * @property {string} query
 * @property {Parsed} parsed          how the query was understood
 * @property {PageHit[]} pages        at most 3; none in a later window
 * @property {HitList} exact
 * @property {ReportHit[]} reportsFound
 * @property {number} reportsTotal
 * @property {Loose} loose
 * @property {Facets} facets
 * @property {Expanded[]} expanded
 * @property {Suggestion[]} suggestions
 * @property {SearchError} [error]    an answer with an error has no hits: never show it as 没有找到
 */

/**
 * One part of a query: all parts that are not excluded must occur in one section.
 * @typedef {Object} Part
 * @property {string} text      as written
 * @property {string} folded
 * @property {boolean} exclude  written with a leading -
 * @property {boolean} quoted   written in quotation marks: no synonyms
 */

/**
 * @typedef {Object} Parsed
 * @property {Part[]} parts
 * @property {{name: "year"|"unit"|"kind"|"part"|"role", text: string, values: string[]}[]} filters
 *           operators of the query (年份：…); `values` are what matched, none of them when empty
 */

/**
 * What may be offered while one types.
 * @typedef {Object} Offer
 * @property {"title"|"unit"|"initiative"|"term"} kind
 * @property {string} label
 * @property {string} [url]     a page, relative to the root of the site, or
 * @property {string} [query]   something to search for
 */

/**
 * @typedef {Object} BaogaoSearch
 * @property {() => Promise<void>} ready
 * @property {() => void} prefetch
 * @property {(query: string, options?: SearchOptions) => Promise<Answer>} search
 * @property {(prefix: string) => Promise<Offer[]>} suggest
 * @property {(text: string) => Promise<{text: string, map: number[]}>} fold
 * @property {(query: string) => Promise<Parsed>} parse
 * @property {() => Manifest|null} manifest
 * @property {() => string} root   address of the site's root, ends with "/"
 */

/**
 * The manifest, `assets/search-index/manifest.js`: the only file whose name does not change.
 * @typedef {Object} Manifest
 * @property {number} format
 * @property {string} build        hash of the build
 * @property {number} sections
 * @property {number} reports
 * @property {number} characters
 * @property {Object<string, string>} files   name → file, the content's hash in its name
 */
