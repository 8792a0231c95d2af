// @ts-check
// The checker in a worker: whether it can run here, starting it, and asking it.
(function (/** @type {any} */ own, /** @type {any} */ facts) {
  "use strict";

  /** A module with a value type of Chromium 96 (externref) and a section of 95 (tags): what the runtime is made of. */
  const NEEDED = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 8, 2, 0x60, 0, 0, 0x60, 1, 0x6f, 0, 13, 3, 1, 0, 0]);

  /** @returns {string} why the checker cannot run here; empty when it can */
  function obstacle() {
    if (!facts) { return "这个网站没有生成完整"; }
    if (location.protocol === "file:") { return "这一页是从文件夹直接打开的，浏览器不许运行检查程序"; }
    if (!facts.engine) { return "这个网站没有带检查程序"; }
    let able = false;
    try {
      able = WebAssembly.validate(NEEDED);
    } catch (error) { /* switched off, or too old to have it */ }
    return able ? "" : "这个浏览器的内核较旧（要 Chromium 96 以上），或关掉了 WebAssembly";
  }

  /** @type {any} */
  let worker = null;
  let asked = 0;
  /** @type {Map<number, {done: (answer: any) => void, failed: (error: Error) => void}>} */
  const waiting = new Map();

  /** @param {Error} error */
  function giveUp(error) {
    for (const one of waiting.values()) { one.failed(error); }
    waiting.clear();
  }

  /**
   * @param {(got: number, total: number) => void} progress in bytes
   * @returns {Promise<void>} done when it can be asked; fails with what went wrong
   */
  function start(progress) {
    const { engine } = facts;
    const total = /** @type {number[]} */ (Object.values(engine.sizes)).reduce((sum, size) => sum + size, 0);
    return new Promise((done, failed) => {
      const fail = (/** @type {any} */ event) => {
        const error = new Error(String(event.message || event.error || "检查程序没有启动"));
        failed(error);
        giveUp(error);
      };
      try {
        worker = new Worker(`${own.base}worker.js`, { type: "module" });
      } catch (error) {
        fail(error);
        return;
      }
      worker.onerror = fail;
      worker.onmessage = (/** @type {MessageEvent} */ event) => {
        const { data } = event;
        if (data.got !== undefined) { progress(Math.min(data.got, total), total); }
        if (data.ready) { done(); }
        if (data.failed) { fail({ message: data.failed }); }
        const one = waiting.get(data.id);
        if (one) {
          waiting.delete(data.id);
          if (data.error) { one.failed(new Error(data.error)); } else { one.done(data.answer); }
        }
      };
      worker.postMessage({ start: engine });
    });
  }

  /**
   * Ask the desk (hooks/baogao/selfcheck/desk.py).
   * @param {string} verb @param {any} [given] @param {Uint8Array} [content]
   * @returns {Promise<any>} fails with words for the clerk
   */
  function ask(verb, given, content) {
    asked += 1;
    const id = asked;
    return new Promise((done, failed) => {
      waiting.set(id, { done, failed });
      worker.postMessage({ id, verb, given: given || {}, content });
    });
  }

  own.engine = { obstacle, start, ask };
})(/** @type {any} */ (window).baogao.selfcheck, /** @type {any} */ (window).baogao.selfcheckFacts);
