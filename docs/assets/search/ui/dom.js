// @ts-check
// Elements for the interface. Every text goes in as text: nothing found in a report or typed by a reader is ever read as HTML.
(function (baogao) {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** The site's root as an absolute address: the scripts are somewhere below assets/search/ in it. */
  const root = script.src.replace(/assets\/search\/[^]*$/, "");

  /**
   * An element. `onclick` and the like take functions; `true` sets an empty attribute; false, null and undefined are left out.
   * @param {string} tag
   * @param {Record<string, any>} [attributes]
   * @param {...(Node | string | null | undefined | false)} children
   * @returns {any} the element, typed loosely so that callers need no casts for forms and dialogs
   */
  function el(tag, attributes, ...children) {
    const made = set(document.createElement(tag), attributes || {});
    made.append(...children.filter(Boolean));
    return made;
  }

  /**
   * Sets attributes as el() does.
   * @param {any} node @param {Record<string, any>} attributes @returns {any} the node
   */
  function set(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") { node.addEventListener(name.slice(2), value); continue; }
      if (value !== false && value != null) { node.setAttribute(name, value === true ? "" : value); }
    }
    return node;
  }

  /**
   * A button that does not send a form.
   * @param {string} text @param {(event: MouseEvent) => void} onclick @param {Record<string, any>} [attributes]
   */
  function button(text, onclick, attributes) {
    return el("button", { type: "button", class: "bg-button", onclick, ...attributes }, text);
  }

  /** A line that is read aloud when it changes. */
  function outcome() {
    return el("p", { role: "status", "aria-live": "polite", class: "bg-outcome" });
  }

  /**
   * Whether a key belongs to an input method: Enter then ends the composition and must do nothing else.
   * @param {KeyboardEvent} event
   */
  function composing(event) {
    return event.isComposing || event.keyCode === 229;
  }

  /** @param {number} value */
  function number(value) {
    return value.toLocaleString("zh-CN");
  }

  /**
   * A modal dialog, made on its first opening; closes on Esc, on its button, on a link in it and on a click beside it, and gives the focus back.
   * @param {string} label
   * @param {string} css
   * @param {(close: () => void) => Node[]} fill makes the content
   * @returns {() => HTMLDialogElement} opens it
   */
  function dialog(label, css, fill) {
    /** @type {any} */
    let box = null;
    /** @type {any} */
    let before = null;
    const close = () => box.close();
    return () => {
      if (!box) {
        box = el("dialog", { class: "bg-dialog " + css, "aria-label": label }, ...fill(close));
        box.addEventListener("click", (/** @type {any} */ event) => {
          // A link may lead to another place of this very page.
          if (event.target === box || event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) { close(); }
        });
        box.addEventListener("close", () => { if (before) { before.focus(); } });
        document.body.append(box);
      }
      if (!box.open) {
        before = document.activeElement;
        box.showModal();
      }
      return box;
    };
  }

  baogao.ui = { root, el, set, button, outcome, composing, number, dialog };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
