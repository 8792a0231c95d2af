// Reading comfort: the 字号 switch on report pages.
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
    group.setAttribute("data-search-exclude", "");
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

  apply(stored());
  sizeSwitch();
  apply(stored());
})();
