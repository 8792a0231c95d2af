// @ts-check
// What a clerk says of a report: year, unit, kind, role, title, day, status.
(function (/** @type {any} */ own, /** @type {any} */ facts) {
  "use strict";

  const { el } = own;

  /** @param {any} unit */
  function latestName(unit) { return unit.names[unit.names.length - 1][0]; }

  /** @param {[string, string][]} choices value and text */
  function options(choices) { return choices.map(([value, text]) => el("option", { value }, text)); }

  /**
   * The form. `changed` is called whenever something that counts was changed.
   * @param {() => void} changed
   */
  own.form = function (changed) {
    const unknown = el("option", { value: "" }, "请选择");
    const fields = {
      year: el("input", { type: "number", min: 1949, max: 2099, step: 1, inputmode: "numeric" }),
      unit: el("select", {}, unknown, ...options(facts.units.map((/** @type {any} */ unit) => [unit.id, latestName(unit)]))),
      kind: el("select", {}, unknown.cloneNode(true), ...options(facts.kinds.map((/** @type {any} */ kind) => [kind.name, kind.name]))),
      role: el("select", {}),
      date: el("input", { type: "date" }),
      status: el("select", {}, ...options(facts.statuses)),
      visibility: el("select", {}, el("option", { value: "" }, "按文种"), ...options(facts.visibilities)),
      title: el("input", { type: "text", maxlength: 200, autocomplete: "off" }),
    };
    const labels = { year: "年度（考核的年度）", unit: "单位", kind: "文种", role: "角色", date: "成文日期", title: "标题（文中有的不用填）", status: "状态", visibility: "公开范围" };
    /** @type {Record<string, any>} */
    const rows = {};
    for (const [name, field] of Object.entries(fields)) {
      field.id = `bg-sc-${name}`;
      field.className = "bg-field";
      field.addEventListener("change", () => { if (name === "kind") { roles(""); } mark("", ""); changed(); });
      rows[name] = el("div", { class: `bg-sc-field bg-sc-field-${name}` }, el("label", { for: field.id }, labels[/** @type {keyof typeof labels} */ (name)]), field, el("p", { id: `${field.id}-note`, class: "bg-sc-ask" }));
    }

    /** @param {string} chosen */
    function roles(chosen) {
      const kind = facts.kinds.find((/** @type {any} */ one) => one.name === fields.kind.value);
      const names = kind ? kind.roles : [];
      fields.role.replaceChildren(el("option", { value: "" }, "请选择"), ...options(names.map((/** @type {string} */ name) => [name, name])));
      fields.role.value = names.includes(chosen) ? chosen : "";
      rows.role.hidden = !names.length;
    }

    /** Say beside a field what is wanted; without a field, nothing anywhere. @param {string} name @param {string} text */
    function mark(name, text) {
      for (const [each, field] of Object.entries(fields)) {
        const asked = each === name;
        /** @type {any} */ (field.nextSibling).textContent = asked ? text : "";
        if (asked) {
          field.setAttribute("aria-invalid", "true");
          field.setAttribute("aria-describedby", `${field.id}-note`);
        } else {
          field.removeAttribute("aria-invalid");
          field.removeAttribute("aria-describedby");
        }
      }
    }

    /** @param {Record<string, string>} guess @param {boolean} ready fields that a report says of itself are not asked again */
    function fill(guess, ready) {
      for (const [name, field] of Object.entries(fields)) {
        if (name in guess && name !== "role" && name !== "status" && name !== "visibility") { field.value = guess[name]; }
        field.disabled = ready;
      }
      if (ready && guess.status) { fields.status.value = guess.status; }
      if (fields.status.selectedIndex < 0) { fields.status.selectedIndex = 0; }
      roles(guess.role || "");
      mark("", "");
    }

    /** @returns {Record<string, string>} */
    function values() {
      return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
    }

    /** The first thing still open, for where nothing but this page can tell. */
    function open() {
      const kind = facts.kinds.find((/** @type {any} */ one) => one.name === fields.kind.value);
      const wanted = [["year", "请填考核的年度"], ["unit", "请选单位"], ["kind", "请选文种"], ["date", "请填成文日期"]];
      if (kind && kind.roles.length) { wanted.push(["role", "请选述职人的角色"]); }
      return wanted.find(([name]) => !fields[/** @type {keyof typeof fields} */ (name)].value) || null;
    }

    /** The slip in a package that was not checked: `baogao receive` reads it. */
    function slip() {
      const said = [["年度", fields.year.value], ["单位", fields.unit.selectedOptions[0].textContent], ["文种", fields.kind.value], ["角色", fields.role.value], ["标题", fields.title.value.trim()], ["成文日期", fields.date.value], ["状态", fields.status.selectedOptions[0].textContent], ["公开范围", fields.visibility.value ? fields.visibility.selectedOptions[0].textContent : ""]];
      return said.filter(([, value]) => value).map(([name, value]) => `${name}：${value}\r\n`).join("");
    }

    roles("");
    return { node: el("div", { class: "bg-sc-form" }, ...Object.values(rows)), fill, values, mark, open, slip };
  };
})(/** @type {any} */ (window).baogao.selfcheck, /** @type {any} */ (window).baogao.selfcheckFacts);
