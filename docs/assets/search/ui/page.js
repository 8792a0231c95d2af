// @ts-check
// The results page, search.html: its address says what is shown, and every change is a step back and forth in the history.
(function (baogao) {
  "use strict";

  const { el, button, number, address, filters, excerpts, root } = baogao.ui;
  const place = document.getElementById("bg-find");
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.bg-search"));
  if (!place || !form) { return; }
  const box = /** @type {HTMLInputElement} */ (document.getElementById("bg-query"));
  const { title } = document;
  const MOST_PRINTED = 1000;
  const AT_ONCE = 500;

  /** What is shown, and the answer to it. */
  let state = address.read(location.search);
  /** @type {any} */
  let answer = null;
  let run = 0;

  const outcome = baogao.ui.outcome();
  const chips = el("div", { class: "bg-chosen" });
  const tools = el("div", { class: "bg-tools" });
  const notes = el("div", { class: "bg-notes" });
  const lists = el("div", { class: "bg-lists" });
  const choices = el("div", {});
  const panel = el("details", { class: "bg-filters", open: matchMedia("(min-width: 60em)").matches }, el("summary", {}, "筛选"), choices);
  const inner = el("input", { type: "search", id: "bg-within", class: "bg-field", autocomplete: "off" });
  const within = el("form", { class: "bg-within", onsubmit: narrow }, el("label", { for: "bg-within" }, "在结果中检索"), inner, el("button", { type: "submit", class: "bg-button" }, "检索"));
  place.replaceChildren(panel, el("div", { class: "bg-results" }, outcome, chips, tools, within, notes, lists));

  /** @param {any} changes to the state; a step of its own in the history */
  function go(changes) {
    state = { ...state, shown: address.PAGE, ...changes };
    history.pushState(null, "", address.write(state));
    return render();
  }

  /** @param {Event} event */
  function narrow(event) {
    event.preventDefault();
    // Further parts of the query, in the same spelling as in the box above.
    if (inner.value.trim()) { go({ q: `${state.q} ${inner.value.trim()}` }); }
    inner.value = "";
  }

  /** @param {number} limit @param {number} offset @param {boolean} [whole] also what stands beside the exact hits */
  function ask(limit, offset, whole) {
    return baogao.ui.ask(state.q, { filters: state.filters, sort: state.sort, expand: state.expand, limit, offset, loose: whole ? undefined : false });
  }

  /** @returns {Promise<any[]>} all exact hits, or as many as `most` */
  async function all(most = Infinity) {
    const hits = [];
    while (hits.length < Math.min(answer.exact.total, most)) {
      const next = await ask(AT_ONCE, hits.length);
      if (!next.exact.hits.length) { outcome.textContent = baogao.ui.count(next, state.q); return []; }
      hits.push(...next.exact.hits);
    }
    return hits;
  }

  /** @param {any} hit @param {string[]} marks */
  function hitRow(hit, marks) {
    // With the “…” where it is cut: half a number must not look like a whole one.
    const entry = { text: baogao.ui.plain(hit), title: hit.title, unit: hit.unitName, year: String(hit.year || ""), url: hit.url };
    const part = baogao.ui.part(hit);
    return el("li", { class: "bg-hit" },
      el("a", { class: "bg-hit-place", href: address.open(hit.url, marks) }, baogao.ui.heading(hit)), part && el("span", { class: "bg-tag" }, part),
      el("p", { class: "bg-snippet" }, ...baogao.ui.pieces(hit.snippet)), excerpts.collector(entry));
  }

  /** @param {any[]} hits @param {string[]} marks */
  function groupList(hits, marks) {
    return el("ol", { class: "bg-groups" }, ...baogao.ui.byReport(hits).map((/** @type {any[]} */ group) => el("li", { class: "bg-group" },
      el("h3", {}, el("a", { href: address.open(group[0].url.split("#")[0], marks) }, group[0].title)),
      el("p", { class: "bg-hit-facts" }, baogao.ui.facts(group[0])),
      el("ul", { class: "bg-hits" }, ...group.map((hit) => hitRow(hit, marks))))));
  }

  /** @param {string} id @param {string} title @param {...any} content */
  function section(id, title, ...content) {
    return el("section", { "aria-labelledby": id, class: id }, el("h2", { id }, title), ...content);
  }

  function exactList() {
    const { total, hits } = answer.exact;
    return total && section("bg-exact", `原文相符（${number(total)}处）`, groupList(hits, baogao.ui.marks(answer, false)), moreButton(answer.exact));
  }

  /** @param {{total: number, hits: any[]}} list @returns {any} a button for its next hits, when there are more */
  function moreButton({ total, hits }) {
    const rest = total - hits.length;
    return rest > 0 && button(`再显示${number(Math.min(rest, address.PAGE))}处（还有${number(rest)}处）`, more, { class: "bg-button bg-more" });
  }

  /** @param {any[]} found reports or pages @param {string[]} [marks] what to mark there */
  const named = (found, marks) => el("ul", { class: "bg-reports" }, ...found.map((each) => el("li", {},
    el("a", { href: address.open(each.url, marks) }, ...each.marked ? baogao.ui.pieces(each.marked) : [each.label]),
    el("p", { class: "bg-hit-facts" }, each.facts || baogao.ui.facts(each)))));

  const pageList = () => answer.pages.length && section("bg-pages", "举措", named(answer.pages));

  const reportList = () => answer.reportsTotal
    && section("bg-titles", `标题、单位或文种相符的报告（${number(answer.reportsTotal)}份）`, named(answer.reportsFound, baogao.ui.marks(answer, false)));

  /** @type {Record<string, string>} */
  const HOW = {
    synonyms: "原文是同义的说法", report: "这些词不在同一节，但在同一份报告里", words: "同一节里有全部这些词，但不连在一起", most: "有其中多数词",
  };

  function looseList() {
    const { how, query, total, hits } = answer.loose;
    return total && section("bg-loose", `近似结果（${number(total)}处）`, el("p", { class: "bg-hit-facts" }, `已按“${query}”检索：${HOW[how]}。`),
      groupList(hits, baogao.ui.marks(answer, true)), moreButton(answer.loose));
  }

  function noteList() {
    const made = [];
    const others = answer.expanded.map((/** @type {any} */ entry) => entry.alternatives.join("、")).join("；");
    if (others) {
      made.push(el("p", {}, `同时检索了：${others}。`, button("只检索原词", () => go({ expand: false }))));
    } else if (!state.expand) {
      made.push(el("p", {}, button("同时检索同义说法", () => go({ expand: true }))));
    }
    if (answer.suggestions.length) {
      made.push(el("p", {}, "您是不是要找：", ...answer.suggestions.map((/** @type {any} */ each) => el("a", { class: "bg-suggestion", href: address.write({ q: each.query }) }, each.query))));
    }
    for (const { name, text, values } of answer.parsed.filters) {
      if (!values.length) { made.push(el("p", {}, `没有叫“${text}”的${address.FACETS.find((/** @type {string[]} */ [key]) => key === name)[1]}。`)); }
    }
    if (!answer.exact.total && !answer.reportsTotal && !answer.loose.total && !answer.pages.length) { made.push(advice()); }
    return made;
  }

  function advice() {
    return el("ul", { class: "bg-advice" },
      chips.childElementCount && el("li", {}, "筛选可能太窄：", button("清除筛选", () => go({ filters: {} }))),
      el("li", {}, "看看有没有错别字，或者少写几个字、少加条件再试。"),
      el("li", {}, "也可以 ", ...[["按年度", "years"], ["按单位", "units"], ["按文种", "kinds"]].flatMap(([name, page]) => [el("a", { href: `${root}${page}/index.html` }, name), " "]), "浏览。"));
  }

  function toolRow() {
    if (!answer.exact.total) { return []; }
    /** @param {string} sort @param {string} name */
    const order = (sort, name) => button(name, () => go({ sort }), { "aria-pressed": String(state.sort === sort), id: "bg-sort-" + sort });
    return [
      el("span", { role: "group", "aria-label": "排序" }, "排序 ", order("relevance", "相关度"), order("year", "年度")),
      el("span", {}, button("导出清单（CSV）", () => all().then((hits) => { if (hits.length) { baogao.ui.download(hits, state.q); } })), button("打印清单", print)),
    ];
  }

  async function print() {
    const hits = await all(MOST_PRINTED);
    if (!hits.length) { return; }
    answer.exact.hits = hits;
    draw();
    const { total } = answer.exact;
    if (total > MOST_PRINTED) { outcome.textContent = `共${number(total)}处，只打印前${number(MOST_PRINTED)}处；要全部，请用“导出清单（CSV）”。`; }
    window.print();
  }

  async function more() {
    const { hits, total } = answer.exact;
    const from = lists.querySelectorAll(".bg-hit-place").length;
    const mine = ++run;
    // Exact hits come page by page. Loose ones are listed only below all the exact: they come anew, with one page more.
    const next = await (hits.length < total ? ask(address.PAGE, hits.length) : ask(answer.loose.hits.length + address.PAGE, 0, true));
    if (mine !== run) { return; }
    if (next.error) { outcome.textContent = baogao.ui.count(next, state.q); return; }
    if (hits.length < total) { hits.push(...next.exact.hits); } else { answer = next; }
    const list = answer.loose.total ? answer.loose : answer.exact;
    state = { ...state, shown: list.hits.length };
    history.replaceState(null, "", address.write(state));
    draw();
    const link = lists.querySelectorAll(".bg-hit-place")[from];
    if (link) { link.focus({ preventScroll: true }); }
    outcome.textContent = `已显示${number(state.shown)}处，共${number(list.total)}处。`;
  }

  function draw() {
    const focused = document.activeElement && document.activeElement.id;
    const choose = (/** @type {any} */ chosen) => go({ filters: chosen });
    chips.replaceChildren(...filters.chosen(answer, state, choose));
    if (answer.error) {
      const again = answer.error.code === "stale" ? button("刷新页面", () => location.reload()) : button("再试一次", render);
      notes.replaceChildren(...["browser", "query"].includes(answer.error.code) ? [] : [again]);
      [choices, tools, lists].forEach((each) => each.replaceChildren());
    } else {
      choices.replaceChildren(...filters.groups(answer, state, choose));
      tools.replaceChildren(...toolRow());
      notes.replaceChildren(...noteList());
      lists.replaceChildren(...[pageList(), reportList(), exactList(), looseList()].filter(Boolean));
    }
    panel.hidden = !choices.childElementCount;
    within.hidden = !answer.exact.total;
    // What was rebuilt under the focus gets it again.
    const again = focused && document.getElementById(focused);
    if (again && again !== document.activeElement) { again.focus({ preventScroll: true }); }
  }

  async function render() {
    const mine = ++run;
    box.value = state.q;
    document.title = (state.q ? `${state.q} - ` : "") + title;
    // Hides the help below.
    document.body.classList.toggle("bg-asked", Boolean(state.q));
    if (!state.q) {
      answer = null;
      outcome.textContent = "";
      [chips, tools, notes, lists, choices].forEach((each) => each.replaceChildren());
      panel.hidden = within.hidden = true;
      return;
    }
    outcome.textContent = "正在检索…";
    const next = await ask(state.shown, 0, true);
    if (mine !== run) { return; }
    answer = next;
    draw();
    outcome.textContent = baogao.ui.count(answer, state.q);
  }

  box.addEventListener("focus", baogao.ui.warm);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) { return; }
    event.preventDefault();
    go({ q: box.value.trim(), filters: {}, expand: true });
  });
  window.addEventListener("popstate", () => {
    state = address.read(location.search);
    render();
  });

  // Coming back from a report: the list is made anew, so the place in it is kept by hand.
  window.addEventListener("pagehide", () => history.replaceState({ y: scrollY }, ""));
  const y = history.state && history.state.y;
  render().then(() => { if (y) { scrollTo(0, y); } });
})(/** @type {any} */ (self).baogao);
