// @ts-check
// The worker's side of the conversation: it answers calls, and asks the page for files, since only the page can load
// scripts (a worker may not, from file://).
(function (baogao) {
  "use strict";

  const NOT_LOADED = "not loaded: ";
  /** @type {Map<string, {resolve: (data: string) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  /** @type {Promise<any>|null} */
  let engine = null;
  /** @type {any} */
  let shards = null;

  /** @param {string} name @returns {Promise<string>} the packed text of a file */
  function fetch(name) {
    return new Promise((resolve, reject) => {
      waiting.set(name, { resolve, reject });
      self.postMessage({ need: name });
    });
  }

  /** @param {{name: string, data: string|null}} file */
  function arrived({ name, data }) {
    const request = waiting.get(name);
    waiting.delete(name);
    if (!request) { return; }
    if (data === null) { request.reject(new Error(NOT_LOADED + name)); } else { request.resolve(data); }
  }

  /** @param {{id: number, call: string, args: any[]}} message */
  async function answer({ id, call, args }) {
    try {
      if (!engine) { engine = baogao.engine.open(shards); }
      const opened = await engine;
      self.postMessage({ id, result: call === "ready" ? null : await opened[call](...args) });
      shards.tidy();
    } catch (error) {
      const text = String(error && /** @type {any} */ (error).message || error);
      if (!shards || text.startsWith(NOT_LOADED)) { engine = null; }
      self.postMessage({ id, failed: text, lost: text.startsWith(NOT_LOADED) });
    }
  }

  self.onmessage = ({ data }) => {
    if (data.manifest) { shards = baogao.shards.open(data.manifest, fetch); } else if (data.file) { arrived(data.file); } else { answer(data); }
  };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
