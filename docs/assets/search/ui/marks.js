// @ts-check
// Marks in a report that was opened from a hit: every occurrence, with 上一处 / 下一处 / 清除.
(function (baogao) {
  "use strict";

  const { el, button, address, number } = baogao.ui;
  const BLOCKS = "p, li, th, td, h1, h2, h3, h4, h5, h6";

  /** @param {Element} block @returns {Text[]} its text nodes, those of blocks inside it left out */
  function textNodes(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const node = /** @type {any} */ (walker.currentNode);
      if (node.parentElement.closest(BLOCKS) === block) { nodes.push(node); }
    }
    return nodes;
  }

  /**
   * Where the wanted texts stand in `text`, compared in folded spelling, as the index does it.
   * @param {string} text
   * @param {string[]} wanted folded texts
   * @param {{text: string, map: number[]}} folded
   * @returns {[number, number][]} begin and end in `text`, in order; those that overlap are one
   */
  function places(text, wanted, folded) {
    /** @type {[number, number][]} */
    const found = [];
    for (const each of wanted) {
      for (let at = folded.text.indexOf(each); at >= 0; at = folded.text.indexOf(each, at + each.length)) {
        const last = folded.map[at + each.length - 1];
        found.push([folded.map[at], last + (/** @type {number} */ (text.codePointAt(last)) > 0xffff ? 2 : 1)]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    /** @type {[number, number][]} */
    const merged = [];
    for (const place of found) {
      const before = merged[merged.length - 1];
      if (before && place[0] < before[1]) { before[1] = Math.max(before[1], place[1]); } else { merged.push(place); }
    }
    return merged;
  }

  /**
   * @param {{node: Text, begin: number}[]} pieces text nodes and where they begin in the whole text
   * @param {[number, number][]} found in the whole text
   * @returns {HTMLElement[][]} for each place its marks: one for every node it touches
   */
  function wrap(pieces, found) {
    /** @type {HTMLElement[][]} */
    const made = found.map(() => []);
    let last = found.length - 1;
    // From the back, so that what is cut off does not move what is still to be cut.
    for (const { node, begin } of pieces.reverse()) {
      const end = begin + node.data.length;
      while (last >= 0 && found[last][0] >= end) { last--; }
      for (let at = last; at >= 0 && found[at][1] > begin; at--) {
        const from = Math.max(found[at][0] - begin, 0);
        const to = Math.min(found[at][1] - begin, node.data.length);
        if (to < node.data.length) { node.splitText(to); }
        const mark = el("mark", { class: "bg-hit-mark" });
        const middle = node.splitText(from);
        middle.replaceWith(mark);
        mark.append(middle);
        made[at].unshift(mark);
      }
    }
    return made;
  }

  /** @param {string[]} texts @returns {Promise<HTMLElement[][]>} */
  async function markAll(texts) {
    const { fold } = /** @type {any} */ (window).baogaoSearch;
    const wanted = (await Promise.all(texts.map(fold))).map((folded) => folded.text).filter(Boolean);
    const pieces = [];
    let whole = "";
    // A line end keeps blocks apart, as in the index: no occurrence runs from one into the next.
    for (const block of document.querySelectorAll(BLOCKS)) {
      for (const node of block.closest(".bg-text, article h1") ? textNodes(block) : []) {
        pieces.push({ node, begin: whole.length });
        whole += node.data.replace(/\n/g, " ");
      }
      whole += "\n";
    }
    return wrap(pieces, places(whole, wanted, await fold(whole)));
  }

  /** @param {HTMLElement[][]} marks @param {string[]} texts */
  function bar(marks, texts) {
    let now = -1;
    const place = el("span", { role: "status", "aria-live": "polite" });

    /** @param {number} to @param {boolean} [smooth] */
    function show(to, smooth) {
      const flip = () => (marks[now] || []).forEach((mark) => mark.classList.toggle("bg-hit-now"));
      flip();
      now = (to + marks.length) % marks.length;
      flip();
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      marks[now][0].scrollIntoView({ block: "center", behavior: smooth && !calm ? "smooth" : "auto" });
      place.textContent = `第${number(now + 1)}处，共${number(marks.length)}处`;
    }

    const box = el("div", { class: "bg-marks-bar", role: "region", "aria-label": "检索词在本页的位置" },
      el("span", { class: "bg-marks-what" }, texts.map((text) => `“${text}”`).join("")), place,
      marks.length > 0 && button("上一处", () => show(now - 1, true)), marks.length > 0 && button("下一处", () => show(now + 1, true)),
      button("清除", () => {
        for (const mark of marks.flat()) {
          const parent = /** @type {Node} */ (mark.parentNode);
          mark.replaceWith(...mark.childNodes);
          parent.normalize();
        }
        box.remove();
        baogao.ui.toMark = null;
        history.replaceState(history.state, "", location.pathname + location.hash);
        const text = /** @type {HTMLElement} */ (document.querySelector(".bg-text"));
        text.tabIndex = -1;
        text.focus({ preventScroll: true });
      }));
    /** @type {Element} */ (document.querySelector(".bg-text")).before(box);
    document.body.classList.add("bg-marked");
    if (!marks.length) { place.textContent = "本页没有找到"; return; }
    place.textContent = `共${number(marks.length)}处`;
    // Back and reload keep the place where the reader was.
    const [entry] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
    if (!entry || entry.type === "navigate") { show(first(marks)); }
    baogao.ui.toMark = () => show(first(marks));
  }

  /** @param {HTMLElement[][]} marks @returns {number} the first one in or after the section that was opened */
  function first(marks) {
    const target = document.querySelector(":target");
    const at = target ? marks.findIndex(([mark]) => target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
    return Math.max(at, 0);
  }

  const texts = address.marks(location.search);
  if (texts.length && document.querySelector(".bg-text")) {
    // After loading: until then the browser itself scrolls to the anchor. Where the table does not arrive, the report is as
    // readable as ever.
    window.addEventListener("load", () => { markAll(texts).then((marks) => bar(marks, texts), () => undefined); });
  }
})(/** @type {any} */ (self).baogao);
