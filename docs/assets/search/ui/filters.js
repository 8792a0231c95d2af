// @ts-check
// 筛选: for each facet its values with counts, several of which may be chosen.
(function (baogao) {
  "use strict";

  const { el, button, number, address } = baogao.ui;
  const MANY = 8;

  /** @param {any} filters @param {string} key @param {string} value @returns {any} the filters with that value chosen, or no more */
  function flip(filters, key, value) {
    const chosen = filters[key] || [];
    const next = chosen.includes(value) ? chosen.filter((/** @type {string} */ other) => other !== value) : [...chosen, value];
    const rest = { ...filters, [key]: next };
    if (!next.length) { delete rest[key]; }
    return rest;
  }

  /**
   * The values of one facet, those chosen kept even when they count nothing now.
   * @param {any[]} values @param {string[]} chosen
   */
  function complete(values, chosen) {
    const known = new Set(values.map(({ value }) => value));
    return [...values, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value, count: 0 }))];
  }

  /** @param {any} answer @param {any} state @param {(filters: any) => void} choose @returns {Node[]} a group for each facet */
  function groups(answer, state, choose) {
    return address.FACETS.map((/** @type {string[]} */ [key, name]) => {
      const chosen = state.filters[key] || [];
      const rows = complete(answer.facets[key], chosen).map((each) => {
        const id = `bg-filter-${key}-${each.value}`;
        return el("div", { class: "bg-choice" },
          el("input", { type: "checkbox", id, checked: chosen.includes(each.value), onchange: () => choose(flip(state.filters, key, each.value)) }),
          el("label", { for: id }, each.label + (key === "year" ? "年度" : ""), " ", el("span", { class: "bg-number" }, number(each.count))));
      });
      if (!rows.length) { return null; }
      const open = rows.slice(MANY).some((row) => row.firstChild.checked);
      return el("fieldset", {}, el("legend", {}, name), ...rows.slice(0, MANY),
        rows.length > MANY && el("details", { open }, el("summary", {}, `更多（${rows.length - MANY}）`), ...rows.slice(MANY)));
    }).filter(Boolean);
  }

  /** @param {any} answer @param {any} state @param {(filters: any) => void} choose @returns {Node[]} what is chosen, each to be taken back */
  function chosen(answer, state, choose) {
    const made = [];
    for (const [key, name] of address.FACETS) {
      for (const value of state.filters[key] || []) {
        const known = answer.facets[key].find((/** @type {any} */ each) => each.value === value);
        const label = `${name}：${known ? known.label : value}`;
        made.push(button(label + " ×", () => choose(flip(state.filters, key, value)), { "aria-label": "取消筛选 " + label }));
      }
    }
    if (made.length > 1) { made.push(button("清除筛选", () => choose({}))); }
    return made;
  }

  baogao.ui.filters = { groups, chosen };
})(/** @type {any} */ (self).baogao);
