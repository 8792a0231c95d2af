// @ts-check
// Readers are told when the site's own index answered in place of the server.
(function (baogao) {
  "use strict";

  const INSTEAD = "（检索服务没有回答，这是网站自带的检索数据查出来的，可能不是最新的。）";
  const { count } = baogao.ui;
  /** @param {any} answer @param {string} query */
  baogao.ui.count = (answer, query) => count(answer, query) + (answer.instead ? INSTEAD : "");
})(/** @type {any} */ (self).baogao);
