// @ts-check
// A search box that answers while one types: a combobox with a list of offers and first results (WAI-ARIA, list autocomplete).
(function (baogao) {
  "use strict";

  const { el, set, composing, address } = baogao.ui;
  const FIRST = 6;
  const OFFERS = 5;
  /** @type {Record<string, string>} */
  const KINDS = { title: "报告", unit: "单位", initiative: "举措", term: "词语" };
  let made = 0;

  /**
   * Makes `input` a combobox over a new list.
   * @param {HTMLInputElement} input
   * @returns {{nodes: Node[], close: () => void}} the status line and the list, to be put near the box
   */
  function combo(input) {
    const id = "bg-list-" + ++made;
    const list = el("div", { id, role: "listbox", class: "bg-list-box", "aria-label": "提示与结果", hidden: true });
    const status = baogao.ui.outcome();
    /** @type {HTMLElement | null} */
    let active = null;
    let offered = { query: "", options: /** @type {Node[]} */ ([]) };
    let found = { query: "", options: /** @type {Node[]} */ ([]) };
    set(input, {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
      autocomplete: "off", spellcheck: "false", enterkeyhint: "search",
    });

    const query = () => input.value.trim();

    /** @param {HTMLElement | null} option */
    function activate(option) {
      if (active) { active.setAttribute("aria-selected", "false"); }
      active = option;
      if (!option) { input.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }

    /** @param {string} href @param {string} css @param {...Node} children */
    function option(href, css, ...children) {
      return el("a", { role: "option", tabindex: "-1", "aria-selected": "false", class: "bg-option " + css, href, onclick: stay }, ...children);
    }

    /** A hit in the report that is open, for the words that are marked there: only the place is new. @param {any} event */
    function stay(event) {
      const [page, hash] = event.currentTarget.href.split("#");
      if (!baogao.ui.toMark || page !== location.href.split("#")[0] || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      location.hash = hash || "";
      baogao.ui.toMark();
    }

    /** @param {string} label @param {Node[]} options */
    function group(label, options) {
      return options.length ? el("div", { role: "group", "aria-label": label }, el("p", { class: "bg-group-name", "aria-hidden": "true" }, label), ...options) : null;
    }

    function draw() {
      const hints = offered.query === query() ? offered.options : [];
      const known = new Set(hints.map((/** @type {any} */ each) => each.href));
      // A page that is offered already is not shown again as a result.
      const fresh = found.options.filter((/** @type {any} */ each) => !known.has(each.href));
      const groups = [
        group("提示", hints),
        group("结果", found.query === query() ? fresh : []),
      ].filter(Boolean);
      list.replaceChildren(...groups);
      const options = list.querySelectorAll("[role=option]");
      options.forEach((/** @type {HTMLElement} */ each, /** @type {number} */ at) => { each.id = `${id}-${at}`; });
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(active && list.contains(active) ? active : null);
    }

    function close() {
      list.hidden = true;
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
      activate(null);
    }

    /** @param {any} answer @param {string} asked */
    function results(answer, asked) {
      if (answer.error) { return []; }
      const loose = !answer.exact.total;
      const marks = baogao.ui.marks(answer, loose);
      const pages = answer.pages.map((/** @type {any} */ page) => option(
        address.open(page.url), "",
        el("span", { class: "bg-option-title" }, page.label, el("span", { class: "bg-tag" }, KINDS.initiative)),
        el("span", { class: "bg-option-facts" }, page.facts)));
      const reports = answer.reportsFound.slice(0, 3).map((/** @type {any} */ report) => option(
        address.open(report.url, baogao.ui.marks(answer, false)), "",
        el("span", { class: "bg-option-title" }, ...baogao.ui.pieces(report.marked)),
        el("span", { class: "bg-option-facts" }, baogao.ui.facts(report))));
      const hits = (loose ? answer.loose : answer.exact).hits.slice(0, FIRST).map((/** @type {any} */ hit) => option(
        address.open(hit.url, marks), "",
        el("span", { class: "bg-option-title" }, hit.title),
        el("span", { class: "bg-option-facts" }, [baogao.ui.facts(hit), baogao.ui.heading(hit)].join(" · ")),
        el("span", { class: "bg-option-text" }, ...baogao.ui.pieces(hit.snippet))));
      const all = reports.length + hits.length
        ? [option(address.write({ q: asked }), "bg-option-all", new Text("在检索页查看全部结果、筛选和导出"))] : [];
      return [...pages, ...reports, ...hits, ...all];
    }

    const search = baogao.ui.newest(async () => {
      const asked = query();
      if (!asked) { status.textContent = ""; draw(); return; }
      if (found.query !== asked) { status.textContent = "正在检索…"; }
      const answer = await baogao.ui.ask(asked, { limit: FIRST });
      if (asked !== query()) { return; }
      found = { query: asked, options: results(answer, asked) };
      status.textContent = baogao.ui.count(answer, asked);
      draw();
    });

    const suggest = baogao.ui.newest(async () => {
      const asked = query();
      if (!asked) { return; }
      const offers = await baogao.ui.offers(asked);
      if (asked !== query()) { return; }
      offered = {
        query: asked,
        options: offers.filter((/** @type {any} */ offer) => offer.query !== asked).slice(0, OFFERS).map((/** @type {any} */ offer) => option(
          offer.url ? address.open(offer.url) : address.write({ q: offer.query }), "bg-option-offer",
          el("span", {}, offer.label), el("span", { class: "bg-tag" }, KINDS[offer.kind] || ""))),
      };
      draw();
    });

    /** @param {any} event while an input method is composing, what is typed is not yet the query */
    function update(event) {
      if (event.isComposing) { return; }
      activate(null);
      search();
      suggest();
    }

    /** @param {number} step */
    function move(step) {
      const options = [...list.querySelectorAll("[role=option]")];
      if (list.hidden || !options.length) { return; }
      // The box itself is one of the places.
      const places = options.length + 1;
      const at = active ? options.indexOf(active) : options.length;
      activate(options[(at + step + places) % places] || null);
    }

    input.addEventListener("focus", baogao.ui.warm);
    input.addEventListener("compositionend", update);
    input.addEventListener("input", update);
    input.addEventListener("keydown", (event) => {
      if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { draw(); }
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && active) {
        event.preventDefault();
        active.click();
      }
    });
    return { nodes: [status, list], close };
  }

  baogao.ui.combo = combo;
})(/** @type {any} */ (self).baogao);
