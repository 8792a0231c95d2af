// @ts-check
// The worker of 自查投稿: Python (Pyodide) with the library's own modules. A module worker, because the runtime asks for one.
// Everything comes from this folder of the site; nothing is sent anywhere.
{
  /** @type {any} */
  const scope = self;
  const base = new URL("./", scope.location.href).href;
  const plain = scope.fetch.bind(scope);
  let got = 0;

  /** @param {string} why */
  function failed(why) { scope.postMessage({ failed: why }); }

  // When WebAssembly cannot be started (a policy of the office, a damaged file) the runtime says so here and waits for ever.
  const warn = console.warn.bind(console);
  console.warn = (...said) => {
    if (/wasm/i.test(String(said[0]))) { failed(said.map(String).join(" ")); } else { warn(...said); }
  };

  /** Count what arrives, and say that WebAssembly is WebAssembly: some web servers do not know. */
  scope.fetch = async (/** @type {any} */ address, /** @type {any} */ options) => {
    const answer = await plain(address, options);
    if (!answer.ok) { failed(`取不到 ${address.url || address}（${answer.status}）`); }
    if (!answer.ok || !answer.body) { return answer; }
    const reader = answer.body.getReader();
    const counted = new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) { controller.close(); return; }
        got += value.length;
        scope.postMessage({ got });
        controller.enqueue(value);
      },
    });
    const wasm = String(address.url || address).split("?")[0].endsWith(".wasm");
    return new Response(counted, { status: answer.status, headers: wasm ? { "Content-Type": "application/wasm" } : answer.headers });
  };

  /** @type {any} */
  let python = null;

  async function start(/** @type {any} */ engine) {
    const folder = base + engine.folder;
    const { loadPyodide } = await import(`${folder}pyodide.js`);
    const { default: createPyodideModule } = await import(`${folder}pyodide.asm.js`);
    got += engine.sizes[`${engine.folder}pyodide.js`] + engine.sizes[`${engine.folder}pyodide.asm.js`];
    const program = scope.fetch(`${base}program.zip?${engine.stamp}`).then((/** @type {Response} */ answer) => {
      return answer.arrayBuffer();
    });
    python = await loadPyodide({ indexURL: folder, createPyodideModule, lockFileContents: engine.lock });
    python.unpackArchive(await program, "zip", { extractDir: "/program" });
    python.runPython("import sys; sys.path.insert(0, '/program')\nfrom baogao.selfcheck import desk\ndesk.open_desk('/program/_data')");
  }

  function answer(/** @type {any} */ data) {
    const desk = python.pyimport("baogao.selfcheck.desk");
    if (data.verb === "pack") {
      const packed = desk.pack(data.given.today);
      const bytes = packed.toJs();
      packed.destroy();
      return bytes;
    }
    const content = data.content ? python.toPy(data.content) : null;
    const said = JSON.parse(desk.call(data.verb, JSON.stringify(data.given), content ? content.tobytes() : undefined));
    if (said.error) { throw new Error(said.error); }
    return said.answer;
  }

  scope.onmessage = async (/** @type {MessageEvent} */ event) => {
    const { data } = event;
    if (data.start) {
      try {
        await start(data.start);
        scope.postMessage({ ready: true });
      } catch (error) {
        failed(String(error));
      }
      return;
    }
    try {
      scope.postMessage({ id: data.id, answer: answer(data) });
    } catch (error) {
      const known = /** @type {any} */ (error).name !== "PythonError";
      if (!known) { console.error(String(error)); }
      scope.postMessage({ id: data.id, error: known ? String(/** @type {any} */ (error).message) : "检查程序出错了，请把报告直接交给负责报告库的人，并告诉他这里出了错" });
    }
  };
}
