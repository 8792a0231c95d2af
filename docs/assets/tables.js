// Tables made to be worked with: sort by a column, choose values, filter by words. Without this script they are plain tables.
(function () {
  "use strict";

  /** @type {Intl.Collator} */
  var byName = new Intl.Collator("zh-CN", { numeric: true });
  var NONE = "（空）";

  /**
   * What the cell sorts and filters by. The head of its column may give a value for cells that say something, and one for those that do not.
   * @param {HTMLTableCellElement} cell
   * @param {HTMLTableCellElement | undefined} head
   * @returns {string}
   */
  function valueOf(cell, head) {
    var marked = cell.querySelector("[data-value]");
    var own = (marked ? marked.getAttribute("data-value") || "" : cell.textContent || "").trim();
    return head && head.getAttribute(own ? "data-filled" : "data-empty") || own;
  }

  /** @param {string} text @returns {number} NaN where there is no number: it sorts last */
  function numberOf(text) {
    var found = /-?\d[\d,]*(?:\.\d+)?/.exec(text);
    return found ? Number(found[0].replace(/,/g, "")) : NaN;
  }

  /** @param {string} text @returns {string} a cell; what a spreadsheet would run as a formula gets an apostrophe before it */
  function csvCell(text) {
    var safe = /^[=+\-@＝＋－＠\t\r\n\0]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  /**
   * @param {HTMLTableElement} table
   * @param {number} index which table of the page it is
   */
  function enhance(table, index) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var heads = Array.prototype.slice.call(table.tHead ? table.tHead.rows[0].cells : []);
    /** @type {string[][]} */
    var values = rows.map(function (row) { return Array.from(row.cells, function (cell, column) { return valueOf(cell, heads[column]); }); });
    /** @type {Array<{column: number, name: string, select: HTMLSelectElement}>} */
    var choices = [];
    var names = heads.map(function (head) { return head.textContent || ""; });
    /** What the rows are sorted by: the name of a column and ↑ or ↓. */
    var sorted = "";

    var form = document.createElement("form");
    form.className = "bg-filters";
    form.addEventListener("submit", function (event) { event.preventDefault(); });

    heads.forEach(function (head, column) {
      if (head.hasAttribute("data-choose")) { addChoice(head, column); }
      if (head.hasAttribute("data-sort")) { addSort(head, column); }
    });
    var words = document.createElement("input");
    words.type = "search";
    words.autocomplete = "off";
    label("含有", words);
    words.addEventListener("input", filter);
    var clear = document.createElement("button");
    clear.type = "button";
    clear.textContent = "清除筛选";
    clear.addEventListener("click", function () {
      words.value = "";
      choices.forEach(function (choice) { choice.select.value = ""; });
      filter();
    });
    form.appendChild(clear);
    var save = document.createElement("button");
    save.type = "button";
    save.textContent = "下载 .csv";
    save.addEventListener("click", download);
    form.appendChild(save);
    var count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    form.appendChild(count);
    var scroller = /** @type {HTMLElement} */ (table.closest(".bg-scroll") || table);
    /** @type {Node} */ (scroller.parentNode).insertBefore(form, scroller);
    fromAddress();
    filter();

    /** @param {string} name @param {HTMLInputElement | HTMLSelectElement} field */
    function label(name, field) {
      var element = document.createElement("label");
      element.appendChild(document.createTextNode(name));
      element.appendChild(field);
      form.appendChild(element);
    }

    /** @param {HTMLTableCellElement} head @param {number} column */
    function addChoice(head, column) {
      /** @type {Map<string, number>} */
      var found = new Map();
      values.forEach(function (row) { found.set(row[column], (found.get(row[column]) || 0) + 1); });
      if (found.size < 2) { return; }
      var select = document.createElement("select");
      select.add(new Option("全部", ""));
      Array.from(found.keys()).sort(byName.compare).forEach(function (value) {
        select.add(new Option((value || NONE) + "（" + found.get(value) + "）", value || NONE));
      });
      select.addEventListener("change", filter);
      var name = head.textContent || "";
      choices.push({ column: column, name: name, select: select });
      label(name, select);
    }

    /** @param {HTMLTableCellElement} head @param {number} column */
    function addSort(head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "bg-sort";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1);
        if (index === 0) { toAddress(); }
      });
    }

    /** @param {number} column @param {number} direction */
    function sort(column, direction) {
      var numeric = heads[column].getAttribute("data-sort") === "number";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      heads[column].setAttribute("aria-sort", direction < 0 ? "descending" : "ascending");
      sorted = names[column] + (direction < 0 ? "↓" : "↑");
      var order = rows.map(function (_, at) { return at; });
      order.sort(function (a, b) {
        var left = values[a][column], right = values[b][column];
        if (!numeric) { return direction * byName.compare(left, right) || a - b; }
        var one = numberOf(left), two = numberOf(right);
        if (isNaN(one) || isNaN(two)) { return Number(isNaN(one)) - Number(isNaN(two)) || a - b; }
        return direction * (one - two) || a - b;
      });
      order.forEach(function (at) { body.appendChild(rows[at]); });
    }

    function filter() {
      var wanted = words.value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (row, at) {
        var keep = choices.every(function (choice) {
          return !choice.select.value || choice.select.value === (values[at][choice.column] || NONE);
        }) && (!wanted || (row.textContent || "").toLowerCase().indexOf(wanted) >= 0);
        row.hidden = !keep;
        if (keep) { shown++; }
      });
      count.textContent = shown === rows.length ? "共" + shown + "条" : "共" + rows.length + "条，显示" + shown + "条";
      clear.disabled = shown === rows.length;
      if (index === 0) { toAddress(); }
    }

    /** The rows that are shown, in their order, as a table for Excel and WPS: UTF-8 with BOM, or they read it as GBK. */
    function download() {
      var shown = Array.prototype.filter.call(body.rows, function (row) { return !row.hidden; });
      var lines = [names].concat(shown.map(function (/** @type {HTMLTableRowElement} */ row) {
        return Array.from(row.cells, function (cell) { return cell.innerText.trim(); });
      }));
      var text = lines.map(function (line) { return line.map(csvCell).join(",") + "\r\n"; }).join("");
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" }));
      var heading = document.querySelector("h1");
      link.download = (heading ? heading.innerText.replace(/[\\/:*?"<>|\s§]+/g, " ").trim() : "表格") + ".csv";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    }

    function fromAddress() {
      if (index) { return; }
      var asked = new URLSearchParams(location.search);
      choices.forEach(function (choice) {
        var value = asked.get(choice.name);
        if (value !== null) { choice.select.value = value; }
        if (choice.select.selectedIndex < 0) { choice.select.value = ""; }
      });
      words.value = asked.get("含有") || "";
      var order = asked.get("排序") || "";
      var column = names.indexOf(order.slice(0, -1));
      if (column >= 0 && heads[column].hasAttribute("data-sort")) { sort(column, order.slice(-1) === "↓" ? -1 : 1); }
    }

    function toAddress() {
      var asked = new URLSearchParams();
      choices.forEach(function (choice) { if (choice.select.value) { asked.set(choice.name, choice.select.value); } });
      if (words.value.trim()) { asked.set("含有", words.value.trim()); }
      if (sorted) { asked.set("排序", sorted); }
      var query = asked.toString();
      if (query === location.search.replace(/^\?/, "")) { return; }
      try {
        history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
      } catch (e) { /* file:// in some kernels: the filter works, only its address does not */ }
    }
  }

  Array.prototype.forEach.call(document.querySelectorAll("table.bg-data"), enhance);
})();
