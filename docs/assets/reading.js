// Reading comfort on report pages: the 字号 switch, and beside each heading a link to it.
(function () {
  "use strict";

  var SIZES = [["small", "小"], ["medium", "中"], ["large", "大"]];
  var KEY = "baogao.size";

  /** @returns {string} the size chosen before, or "medium" */
  function stored() {
    try { return localStorage.getItem(KEY) || "medium"; } catch (e) { return "medium"; }
  }

  /** @param {string} size */
  function apply(size) {
    document.documentElement.setAttribute("data-bg-size", size);
    var buttons = document.querySelectorAll(".bg-size button");
    for (var i = 0; i < buttons.length; i++) {
      buttons[i].setAttribute("aria-pressed", String(buttons[i].getAttribute("data-size") === size));
    }
  }

  function sizeSwitch() {
    var facts = document.querySelector(".bg-facts");
    if (!facts) { return; }
    var group = document.createElement("div");
    group.className = "bg-size";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "字号");
    group.appendChild(document.createTextNode("字号"));
    SIZES.forEach(function (entry) {
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("data-size", entry[0]);
      button.textContent = entry[1];
      button.addEventListener("click", function () {
        try { localStorage.setItem(KEY, entry[0]); } catch (e) { /* private mode: for this page only */ }
        apply(entry[0]);
      });
      group.appendChild(button);
    });
    facts.before(group);
  }

  function headingLinks() {
    var headings = document.querySelectorAll(".md-content__inner > .bg-text > [id]");
    Array.prototype.forEach.call(headings, function (/** @type {Element} */ heading) {
      if (!/^H\d$/.test(heading.tagName)) { return; }
      var link = document.createElement("a");
      link.className = "headerlink";
      link.href = "#" + heading.id;
      link.setAttribute("aria-label", "本节链接");
      heading.appendChild(link);
    });
  }

  apply(stored());
  sizeSwitch();
  headingLinks();
  apply(stored());
})();
