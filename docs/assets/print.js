// 打印 on report pages. Page numbers are margin boxes, which Chromium has from 131 on; below it the Word file is recommended.
(function () {
  "use strict";

  var NUMBERS_FROM = 131;

  /** @returns {number} the version of the Chromium kernel, 0 for any other */
  function chromium() {
    var data = /** @type {any} */ (navigator).userAgentData;
    var brands = data && data.brands ? data.brands : [];
    for (var i = 0; i < brands.length; i++) {
      if (brands[i].brand === "Chromium") { return Number(brands[i].version) || 0; }
    }
    var found = /\bChrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
    return found ? Number(found[1]) : 0;
  }

  /**
   * Recommend the Word file; printing without page numbers stays possible.
   * @param {Element} bar
   * @param {HTMLAnchorElement} word
   */
  function recommend(bar, word) {
    var shown = bar.querySelector(".bg-paper-note");
    if (shown) { return; }
    var note = document.createElement("p");
    note.className = "bg-paper-note";
    note.setAttribute("role", "status");
    bar.appendChild(note);
    var link = /** @type {HTMLAnchorElement} */ (word.cloneNode(true));
    link.textContent = "下载Word（带页码）";
    var anyway = document.createElement("button");
    anyway.type = "button";
    anyway.textContent = "仍然打印";
    anyway.addEventListener("click", function () { window.print(); });
    note.appendChild(document.createTextNode("这个浏览器打印不出页码，建议"));
    note.appendChild(link);
    note.appendChild(document.createTextNode("，再从 Word 或 WPS 打印。"));
    note.appendChild(anyway);
    link.focus();
  }

  var bar = document.querySelector(".bg-paper");
  if (!bar) { return; }
  var button = document.createElement("button");
  button.type = "button";
  button.className = "bg-print";
  button.textContent = "打印";
  bar.insertBefore(button, bar.firstChild);
  var word = /** @type {HTMLAnchorElement | null} */ (bar.querySelector(".bg-word"));
  var old = chromium() < NUMBERS_FROM;
  if (old && word) { word.textContent = "下载Word（带页码）"; }
  button.addEventListener("click", function () {
    if (old && word && bar) { recommend(bar, word); } else { window.print(); }
  });
})();
