// @ts-check
// 自查投稿: a file in, the findings, a hand-in package out. Where the checker cannot run, still the package.
(function (/** @type {any} */ own, /** @type {any} */ facts) {
  "use strict";

  const { el, button, download, today, engine } = own;
  const place = /** @type {HTMLElement} */ (document.getElementById("bg-selfcheck"));
  if (!place) { return; }
  const MOST = 64000000;
  const NAMES = /\.(docx?|docm|wps|txt|md|pdf|ofd|rtf)$/i;
  const RECHECKED = "交上去以后，收的人会重新检查一遍。";

  /** @type {{name: string, bytes: Uint8Array} | null} */
  let file = null;
  /** Whether the checker can be asked: not yet, yes, or never. */
  let state = "starting";
  let run = 0;
  /** @type {any} */
  let result = null;

  const status = el("p", { role: "status", "aria-live": "polite", class: "bg-outcome" });
  const bar = el("progress", { max: 100, value: 0, "aria-label": "检查程序下载进度" });
  const progress = el("p", { class: "bg-sc-progress", hidden: true }, bar, el("span", {}));
  const plainly = el("p", { class: "bg-note", id: "bg-sc-plain", hidden: true });
  const picker = el("input", { type: "file", id: "bg-sc-file", class: "bg-hidden", accept: ".docx,.docm,.txt,.md", onchange: () => take(picker.files[0]) });
  const chosen = el("p", { class: "bg-sc-chosen" });
  const pasted = el("textarea", { id: "bg-sc-pasted", class: "bg-field", rows: 8 });
  const drop = el("div", { class: "bg-sc-drop" },
    picker, el("label", { for: "bg-sc-file" }, "把 Word 文件（.docx）或文本文件（.txt）拖到这里，或者", el("span", { class: "bg-button bg-main" }, "选文件")), chosen);
  const paste = el("details", { class: "bg-sc-paste" }, el("summary", {}, "没有文件，粘贴文字"), el("label", { for: "bg-sc-pasted" }, "报告全文"), pasted,
    el("p", {}, button("用这段文字", () => { if (pasted.value.trim()) { open("", new TextEncoder().encode(pasted.value)); } else { say("还没有粘贴文字"); } })));
  const form = facts ? own.form(() => working(make)) : null;
  const formPart = el("section", { class: "bg-sc-part", hidden: true, "aria-label": "核对基本信息" }, el("h2", {}, "二、核对基本信息"), form && form.node);
  const resultPart = el("section", { class: "bg-sc-part bg-sc-result", hidden: true, "aria-label": "检查结果" });
  const handPart = el("section", { class: "bg-sc-part", hidden: true, "aria-label": "交报告" });
  place.append(el("section", { class: "bg-sc-part", "aria-label": "选报告" }, el("h2", {}, "一、选报告"), plainly, drop, paste, progress), status, formPart, resultPart, handPart);

  /** @param {string} text */
  function say(text) { status.textContent = text; }

  let busy = 0;

  /** While the checker works, programs that read the page aloud are told to wait. @param {() => Promise<void>} work */
  async function working(work) {
    busy += 1;
    place.setAttribute("aria-busy", "true");
    try {
      await work();
    } finally {
      busy -= 1;
      if (!busy) { place.removeAttribute("aria-busy"); }
    }
  }

  /** @param {number} bytes */
  function size(bytes) { return `${(bytes / 1e6).toFixed(1)} MB`; }

  // A file

  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (/** @type {DragEvent} */ event) => { event.preventDefault(); drop.classList.add("bg-sc-over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("bg-sc-over"));
  }
  // A file dropped beside the place would replace this page.
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer && event.dataTransfer.files.length) { take(event.dataTransfer.files[0]); }
  });

  /** @param {File | undefined} picked */
  async function take(picked) {
    if (!picked) { return; }
    if (picked.size > MOST) { say(`${picked.name} 超过 ${MOST / 1e6} MB，不像一份报告`); return; }
    try {
      await open(picked.name, new Uint8Array(await picked.arrayBuffer()));
    } catch (error) {
      say(`读不了 ${picked.name}`);
    }
  }

  /** @param {string} name @param {Uint8Array} bytes */
  async function open(name, bytes) {
    run += 1; // what is still on its way is about another file
    file = { name: name || "粘贴的文字.txt", bytes };
    chosen.textContent = `已选：${file.name}`;
    result = null;
    resultPart.hidden = true;
    handPart.hidden = true;
    formPart.hidden = true;
    if (state === "starting") { say("检查程序还在准备，好了马上检查"); }
    if (state === "ready") { await working(read); }
    if (state === "never") { showPlain(); }
  }

  async function read() {
    if (!file) { return; }
    const mine = ++run;
    say("正在读……");
    try {
      const { name, bytes } = file;
      const found = await engine.ask("read", { name }, bytes);
      if (mine !== run) { return; }
      form.fill(found.guess, found.ready);
      formPart.hidden = false;
      await make();
    } catch (error) {
      if (mine === run) { say(`${file.name}：${/** @type {Error} */ (error).message}`); }
    }
  }

  // Checking

  async function make() {
    if (state !== "ready") { return; }
    const mine = ++run;
    const changes = result ? result.undo : 0;
    try {
      const answer = await engine.ask("make", form.values());
      if (mine !== run) { return; }
      if (answer.asks) {
        form.mark(answer.asks.field, answer.asks.message);
        resultPart.hidden = true;
        handPart.hidden = true;
        say(`请补上：${answer.asks.message}`);
        return;
      }
      form.mark("", "");
      const lastNote = await layLast(answer);
      if (mine !== run) { return; }
      await check(mine, lastNote, changes ? "已按新的选择重新读入，刚才的改动没有保留，请再点一次。" : "");
    } catch (error) {
      if (mine === run) { say(/** @type {Error} */ (error).message); }
    }
  }

  /** Lay last year's report on the desk: it alone is fetched. @param {any} answer @returns {Promise<string>} what to say of it */
  async function layLast(answer) {
    const last = facts.last[answer.series];
    if (!last || last[0] >= answer.year) {
      await engine.ask("compare", { name: "", text: "" });
      if (!last) { return ""; }
      if (last[1] === answer.name) { return "库里已经有这一份（同单位、同年度、同文种），再交会被退回；要修订，请告诉负责报告库的人。"; }
      return `库里最新的一份是 ${last[0]} 年度的，不比这一份早，没有对照，由审核人补查。`;
    }
    const got = await fetch(`${own.base}last/${answer.series}.txt`);
    if (!got.ok) {
      await engine.ask("compare", { name: "", text: "" });
      return "上一份报告没有取到，没有对照，由审核人补查。";
    }
    await engine.ask("compare", { name: last[1], text: await got.text() });
    return "";
  }

  /** Show what is found, unless another run has begun meanwhile. @param {number} mine @param {string} lastNote @param {string} [said] */
  async function check(mine, lastNote, said) {
    const found = await engine.ask("check");
    if (mine !== run) { return; }
    result = found;
    const acts = {
      mend: (/** @type {number | null} */ which) => working(() => change("mend", { which }, lastNote)),
      undo: () => working(() => change("undo", {}, lastNote)),
      answer: (/** @type {any[]} */ answers) => working(() => change("answer", { answers }, lastNote)),
    };
    resultPart.replaceChildren(el("h2", {}, "三、检查结果"), ...own.results(result, acts, lastNote));
    resultPart.hidden = false;
    showHandIn();
    const { error, warning, info } = result.counts;
    say(`${said ? `${said}　` : ""}检查完了：必须改 ${error} 处，建议改 ${warning} 处，供参考 ${info} 处`);
  }

  /** @param {string} verb @param {any} given @param {string} lastNote */
  async function change(verb, given, lastNote) {
    const mine = ++run;
    try {
      const said = await engine.ask(verb, given);
      await check(mine, lastNote, said);
      if (mine !== run) { return; }
      const undo = document.getElementById("bg-sc-undo");
      if (undo && !undo.hasAttribute("disabled")) { undo.focus(); }
    } catch (error) {
      if (mine === run) { say(/** @type {Error} */ (error).message); }
    }
  }

  // Handing in

  function toWhom() {
    return facts && facts.contact ? `交给：${facts.contact}。` : "交给本单位负责报告库的人。";
  }

  function showHandIn() {
    const secret = result.secret;
    const parts = [
      el("h2", {}, "四、交报告"),
      secret ? el("p", { class: "bg-sc-no" }, `有 ${secret} 处保密问题必须先改好，改好以前不要交出。`) : null,
      el("p", {}, button("下载投稿包", pack, { class: "bg-button bg-main", id: "bg-sc-pack" }), `　${result.package}`),
      el("p", {}, `一个压缩包，里面是原稿、报告和自查结果，不用解开，用 OA 或内部邮箱交出。${toWhom()}${RECHECKED}`),
    ];
    if (result.draft) { parts.push(el("p", {}, "状态现在是草稿：入库以后网站上看不到。写好了请在上面改成送审稿。")); }
    if (facts.forge) { parts.push(forgePart()); }
    handPart.replaceChildren(...parts.filter(Boolean));
    handPart.hidden = false;
  }

  async function pack() {
    try {
      const bytes = await engine.ask("pack", { today: today() });
      download(new Blob([bytes], { type: "application/zip" }), result.package);
      say(`投稿包已下载：${result.package}。${toWhom()}`);
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }

  function forgePart() {
    const whole = el("textarea", { class: "bg-field", rows: 6, readonly: true, "aria-label": "报告全文" });
    whole.value = result.report;
    const link = el("a", { target: "_blank", rel: "noopener", id: "bg-sc-forge" }, "打开代码平台上新建文件的网页");
    const how = el("span", { class: "bg-sc-help" });
    engine.ask("forge", facts.forge).then((/** @type {any} */ answer) => {
      link.href = answer.address;
      how.textContent = answer.filled ? "文件名和骨架已经填好，把框里的内容全部换成报告全文。" : `文件名写 ${result.name.split("/").pop()}.md，框里粘贴报告全文。`;
    }, () => link.remove());
    const copied = () => say("报告全文已复制");
    const copy = () => {
      const old = () => { whole.select(); if (document.execCommand("copy")) { copied(); } };
      if (navigator.clipboard) { navigator.clipboard.writeText(result.report).then(copied, old); } else { old(); }
    };
    return el("details", { class: "bg-sc-forge" }, el("summary", {}, "有代码平台帐号的，也可以在平台上提交审核"),
      el("ol", {}, el("li", {}, button("复制报告全文", copy), whole), el("li", {}, link, how), el("li", {}, "选“新建分支”保存，提交审核。")));
  }

  // Where the checker cannot run

  /** @param {string} why */
  function never(why) {
    state = "never";
    progress.hidden = true;
    plainly.textContent = `这里不能当场检查：${why}。仍然可以打一个投稿包交出，${RECHECKED}`;
    plainly.hidden = false;
    if (file) { showPlain(); }
  }

  function showPlain() {
    const { name } = /** @type {any} */ (file);
    if (!NAMES.test(name)) { say(`${name} 不像报告的原稿，请选 Word 文件或文本文件`); return; }
    say("");
    formPart.hidden = !form;
    handPart.replaceChildren(el("h2", {}, form ? "三、交报告" : "二、交报告"),
      el("p", {}, button("下载投稿包（收到后检查）", packPlainly, { class: "bg-button bg-main", id: "bg-sc-pack" })),
      el("p", {}, `一个压缩包，里面是原稿和上面填的基本信息，用 OA 或内部邮箱交出。${toWhom()}${RECHECKED}`));
    handPart.hidden = false;
  }

  function packPlainly() {
    const asked = form ? form.open() : null;
    if (form) { form.mark(asked ? asked[0] : "", asked ? asked[1] : ""); }
    if (asked) { say(`请补上：${asked[1]}`); return; }
    const { name, bytes } = /** @type {any} */ (file);
    const encoder = new TextEncoder();
    const slip = form ? form.slip() : "";
    const title = `投稿包-${form ? `${form.values().year}年度-${form.values().kind}` : name.replace(NAMES, "")}.zip`;
    const note = `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>自查结果</title></head>\n<body><h1>自查结果</h1><p>没有自查：${today()} 打包时检查程序不能运行。收到后检查。</p></body></html>\n`;
    // A text called .md would be taken for the report itself.
    const clean = name.replace(/\.md$/i, ".txt").replace(/[/\\:*?"<>|\u0000-\u001f\u007f]/g, "_");
    const blob = own.zip([[clean, bytes], ["投稿单.txt", encoder.encode(slip)], ["自查结果.html", encoder.encode(note)]]);
    download(blob, title);
    say(`投稿包已下载：${title}。${toWhom()}`);
  }

  // Starting

  const why = engine.obstacle();
  if (why) {
    never(why);
  } else {
    progress.hidden = false;
    engine.start((/** @type {number} */ got, /** @type {number} */ total) => {
      bar.value = (100 * got) / total;
      progress.lastChild.textContent = got < total ? ` 正在下载检查程序：${size(got)}，共 ${size(total)}（浏览器会记住，下次更快）` : " 正在启动检查程序……";
    }).then(() => {
      state = "ready";
      progress.hidden = true;
      place.setAttribute("data-ready", "");
      say(file ? "" : "检查程序准备好了");
      return working(read);
    }, (/** @type {Error} */ error) => {
      console.error(error.message);
      never("检查程序没有启动");
    });
  }
})(/** @type {any} */ (window).baogao.selfcheck, /** @type {any} */ (window).baogao.selfcheckFacts);
