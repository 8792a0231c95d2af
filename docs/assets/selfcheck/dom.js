// @ts-check
// 自查投稿, first of its scripts: its corner of the one namespace, and elements whose every text goes in as text.
(function (/** @type {any} */ scope) {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {any} */
  const baogao = scope.baogao = scope.baogao || {};

  /**
   * An element. `onclick` and the like take functions; `true` sets an empty attribute; false, null and undefined are left out.
   * @param {string} tag
   * @param {Record<string, any>} [attributes]
   * @param {...(Node | string | null | undefined | false)} children
   * @returns {any}
   */
  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) { continue; }
      if (typeof value === "function") { made.addEventListener(name.slice(2), value); } else { made.setAttribute(name, value === true ? "" : String(value)); }
    }
    for (const child of children) {
      if (child) { made.append(child); }
    }
    return made;
  }

  /** @param {string} text @param {() => void} onclick @param {Record<string, any>} [attributes] */
  function button(text, onclick, attributes) {
    return el("button", Object.assign({ type: "button", class: "bg-button", onclick }, attributes), text);
  }

  /** @param {Blob} blob @param {string} name */
  function download(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /** Today as 2025-01-10, by this machine's clock. */
  function today() {
    const now = new Date();
    return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  }

  baogao.selfcheck = { el, button, download, today, base: script.src.replace(/dom\.js[^/]*$/, "") };
})(window);
