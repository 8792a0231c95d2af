// @ts-check
// The page's side: window.baogaoSearch, see types.js. It loads files as scripts, which works from file:// as well, and hands
// them to a worker in which everything else happens. Nothing is loaded before it is asked for.
(function (baogao) {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../../", script.src).href;
  const index = root + "assets/search-index/";
  const MESSAGES = {
    stale: "检索数据已更新，请刷新页面。",
    missing: "检索数据没有读到，请检查网络后再试；从文件夹打开时，请确认文件夹已完整复制。",
    browser: "当前浏览器内核较旧，不能检索。请切换到“极速模式”，或改用较新的浏览器；按年度、按单位浏览仍然可用。",
  };

  /** What went wrong, with words for the reader. */
  class Failure extends Error {
    /** @param {"stale"|"missing"|"browser"} code @param {string} [detail] */
    constructor(code, detail) {
      super(MESSAGES[code]);
      this.code = code;
      this.detail = detail || "";
    }
  }

  /** @type {any} */
  let manifest = null;
  /** @type {Promise<Worker>|null} */
  let starting = null;
  /** @type {Map<string, (content: any) => void>} what scripts deliver, by name */
  const expected = new Map();
  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  const calls = new Map();
  let number = 0;

  /** @param {string} name @param {any} content */
  function deliver(name, content) {
    const take = expected.get(name);
    expected.delete(name);
    if (take) { take(content); }
  }
  /** @param {any} content */
  baogao.manifest = (content) => deliver("manifest", content);
  /** @param {string} content */
  baogao.source = (content) => deliver("source", content);
  baogao.shard = deliver;

  /**
   * Loads a script that delivers `name`.
   * @param {string} file below the index @param {string} name @returns {Promise<any>} what it delivers
   */
  function load(file, name) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      expected.set(name, resolve);
      // A script that delivered has resolved the promise by now; then this changes nothing.
      const end = () => {
        element.remove();
        reject(new Failure("missing", file));
      };
      element.onload = end;
      element.onerror = end;
      element.charset = "utf-8";
      element.src = index + file;
      document.head.append(element);
    });
  }

  /** The manifest as it is now: its name never changes, so no cache may answer for it. */
  const loadManifest = () => load(`manifest.js?${Date.now().toString(36)}`, "manifest");

  /** @returns {Promise<Worker>} */
  async function start() {
    if (typeof Worker === "undefined" || typeof Blob === "undefined") { throw new Failure("browser"); }
    manifest = await loadManifest();
    // The worker will ask for these: on their way while the worker's source is.
    request(manifest.files.columns);
    request(manifest.files.dictionary);
    // One after the other: both deliver a "source".
    const inflate = typeof DecompressionStream === "undefined" ? await load(`${manifest.files.inflate}.js`, "source") : "";
    const source = inflate + await load(`${manifest.files.worker}.js`, "source");
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => { if (data.need) { send(worker, data.need); } else { settle(data); } };
    worker.onerror = (event) => {
      event.preventDefault();
      starting = null;
      for (const { reject } of calls.values()) { reject(new Failure("browser", event.message)); }
      calls.clear();
    };
    worker.postMessage({ manifest });
    return worker;
  }

  /** @type {Map<string, Promise<string|null>>} files on their way */
  const coming = new Map();

  /** @param {string} name of a file of the index @returns {Promise<string|null>} its content; null when it does not come */
  function request(name) {
    const known = coming.get(name) || load(`${name}.js`, name).catch(() => null);
    coming.set(name, known);
    return known;
  }

  /** @param {Worker} worker @param {string} name of a file it needs */
  async function send(worker, name) {
    const data = await request(name);
    coming.delete(name);
    worker.postMessage({ file: { name, data } });
  }

  /** @param {{id: number, result?: any, failed?: string, lost?: boolean}} data */
  function settle({ id, result, failed, lost }) {
    const call = calls.get(id);
    calls.delete(id);
    if (!call) { return; }
    if (failed === undefined) { call.resolve(result); return; }
    if (!lost) { console.error("baogaoSearch:", failed); }
    call.reject(new Failure("missing", failed));
  }

  /** Whether the site was built anew since this page was opened. */
  async function isStale() {
    if (!manifest) { return false; }
    const now = await loadManifest().catch(() => null);
    return Boolean(now) && now.build !== manifest.build;
  }

  /** @param {string} name @param {any[]} args @returns {Promise<any>} */
  async function call(name, ...args) {
    starting = starting || start();
    /** @type {Worker} */
    let worker;
    try {
      worker = await starting;
    } catch (error) {
      starting = null;
      throw error;
    }
    number += 1;
    const id = number;
    return new Promise((resolve, reject) => {
      calls.set(id, { resolve, reject });
      worker.postMessage({ id, call: name, args });
    });
  }

  /** An answer without hits that says why. @param {string} query @param {any} error */
  async function failed(query, error) {
    const code = await isStale() ? "stale" : error.code || "missing";
    const none = () => ({ total: 0, reports: 0, hits: [] });
    return {
      query, parsed: { parts: [], filters: [] }, pages: [], exact: none(), reportsFound: [], reportsTotal: 0,
      loose: { how: "", query: "", ...none() }, facets: { year: [], unit: [], kind: [], part: [], role: [] },
      expanded: [], suggestions: [],
      error: { code, message: MESSAGES[/** @type {keyof typeof MESSAGES} */ (code)] || MESSAGES.missing },
    };
  }

  /** @type {any} */ (window).baogaoSearch = {
    ready: () => call("ready"),
    prefetch: () => { call("ready").catch(() => undefined); },
    /** @param {string} query @param {any} [options] */
    search: (query, options) => call("search", query, options || {}).catch((error) => failed(query, error)),
    /** @param {string} prefix */
    suggest: (prefix) => call("suggest", prefix),
    /** @param {string} text */
    fold: (text) => call("fold", text),
    /** @param {string} query */
    parse: (query) => call("parse", query),
    manifest: () => manifest,
    root: () => root,
  };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
