// @ts-check
// Asking the engine: one way for all, in which nothing throws. What goes wrong is in the answer, with words for the reader.
(function (baogao) {
  "use strict";

  const engine = () => /** @type {any} */ (window).baogaoSearch;

  /** Begin to load what a query needs; called when a box is focused or pointed at. */
  const warm = () => engine().prefetch();

  /**
   * @param {string} query @param {object} options see SearchOptions in types.js
   * @returns {Promise<any>} an Answer
   */
  const ask = (query, options) => engine().search(query, options);

  /** @param {string} prefix @returns {Promise<any[]>} offers while one types; none where that fails: the results matter more */
  const offers = (prefix) => engine().suggest(prefix).catch(() => []);

  /**
   * Runs `work` for the newest request only: while one runs, later ones wait and all but the last are forgotten.
   * @param {() => Promise<void>} work reads what it is to do when it starts
   * @returns {() => Promise<void>}
   */
  function newest(work) {
    let running = false;
    let again = false;
    return async () => {
      again = true;
      if (running) { return; }
      running = true;
      while (again) {
        again = false;
        await work();
      }
      running = false;
    };
  }

  /**
   * @param {any} answer @param {boolean} loose whether the hit is one of the second stage
   * @returns {string[]} what an opened report shall mark
   */
  function marks(answer, loose) {
    if (loose) { return answer.loose.query.split(" ").filter(Boolean); }
    return answer.parsed.parts.filter((/** @type {any} */ part) => !part.exclude).map((/** @type {any} */ part) => part.text);
  }

  /** The outcome in one sentence, shown and read aloud. @param {any} answer @param {string} query */
  function count(answer, query) {
    const { number } = baogao.ui;
    if (answer.error) { return answer.error.message; }
    const { total, reports } = answer.exact;
    const titles = answer.reportsTotal && `${number(answer.reportsTotal)}份报告的标题、单位或文种相符`;
    if (total) { return `“${query}”：找到${number(total)}处，在${number(reports)}份报告中。${titles ? `另有${titles}。` : ""}`; }
    if (titles) { return `“${query}”：${titles}；正文中没有找到。`; }
    if (answer.loose.total) { return `没有找到“${query}”的原文；有${number(answer.loose.total)}处近似的。`; }
    const [meant] = answer.suggestions;
    return `没有找到“${query}”${meant ? `，您是不是要找“${meant.query}”？` : "。"}`;
  }

  Object.assign(baogao.ui, { warm, ask, offers, newest, marks, count });
})(/** @type {any} */ (self).baogao);
