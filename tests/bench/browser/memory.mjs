// What a large plan takes in memory: the scripts' heaps and WebAssembly's
// memory, of the page and of the worker that proves.
import { readFile } from "node:fs/promises";
import { WORKER_SPY } from "./spy.mjs";
import { machineOf, open, proved, settled } from "./stage.mjs";
import { head, line, unmeasured } from "./report.mjs";

const LIMIT = 150;

/** Measures one plan as it lies there, and after much has been done with it. */
export async function memories({ browser, site, quick }, title, plan) {
  const { context, page, cdp } = await open(browser, site, plan, {
    // What goes through a service worker cannot be given a spy.
    options: { serviceWorkers: "block" },
    prepare: (context) =>
      context.route(/worker\.js$/, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: `${await answer.text()}\n${WORKER_SPY}` });
      }),
  });
  head(title);
  const show = async (what) => {
    await settled(page);
    const { heap, drawn, wasm, workers } = await memory(page, cdp);
    if (workers.length === 0) {
      unmeasured(what, "there is no worker, and a plan of this size is proved in one");
      return;
    }
    const [beside, inside] = [workers.reduce((sum, one) => sum + one.heap, 0), workers.reduce((sum, one) => sum + one.wasm, 0)];
    const sum = heap + wasm + beside + inside;
    const mb = (value) => value.toFixed(1);
    const note = `heap ${mb(heap)} + WebAssembly ${mb(wasm)}; worker: heap ${mb(beside)} + WebAssembly ${mb(inside)}; beside that the document ${mb(drawn)}, ${await whole(browser, page)}`;
    line(what, { p50: sum, p95: sum, max: sum }, { promise: LIMIT, part: "max", unit: "MB", note });
  };
  await show("in MB: opened and proved");
  await page.locator("#tab-matrix").click();
  await page.waitForSelector("#drawer-panel [role=grid]");
  await page.locator("#tab-files").click();
  await page.waitForSelector("#drawer-panel [data-line]");
  await show("in MB: the matrix and the files were looked at");
  const target = await machineOf(page, plan);
  await page.mouse.click(target.at.x, target.at.y);
  await page.waitForSelector("#node-name");
  for (let round = 0; round < (quick ? 10 : 60); round += 1) {
    await page.locator("#node-relay").click();
    await proved(page);
  }
  await show(`in MB: ${quick ? 10 : 60} edits were made, and each can be undone`);
  await context.close();
}

/** JavaScript's heap and WebAssembly's memory, of the page and of each worker, in MB. */
async function memory(page, cdp) {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize } = await cdp.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => [...globalThis.bench.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  const workers = [];
  for (const { send, close } of await workersOf(cdp)) {
    await send("HeapProfiler.collectGarbage");
    const { usedSize } = await send("Runtime.getHeapUsage");
    const { result } = await send("Runtime.evaluate", { expression: "globalThis.benchMemory()" });
    workers.push({ heap: usedSize / 1e6, wasm: result.value / 1e6 });
    await close();
  }
  return { heap: usedSize / 1e6, drawn: embedderHeapUsedSize / 1e6, wasm: wasm / 1e6, workers };
}

/** A line into each worker of the page. */
async function workersOf(cdp) {
  const found = [];
  const take = ({ sessionId, targetInfo }) => targetInfo.type === "worker" && found.push(sessionId);
  cdp.on("Target.attachedToTarget", take);
  await cdp.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  cdp.off("Target.attachedToTarget", take);
  let number = 0;
  return found.map((sessionId) => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        number += 1;
        const id = number;
        const hear = (news) => {
          const answer = JSON.parse(news.message);
          if (news.sessionId !== sessionId || answer.id !== id) return;
          cdp.off("Target.receivedMessageFromTarget", hear);
          if (answer.error) reject(new Error(answer.error.message));
          else resolve(answer.result);
        };
        cdp.on("Target.receivedMessageFromTarget", hear);
        cdp.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) }).catch(reject);
      }),
    close: () => cdp.send("Target.setAutoAttach", { autoAttach: false, waitForDebuggerOnStart: false, flatten: false }),
  }));
}

/** What the process that draws the page has for itself, the browser's own code and pictures with it. */
async function whole(browser, page) {
  const cdp = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
    let most = 0;
    for (const { type, id } of processInfo) {
      if (type !== "renderer") continue;
      const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
      const own = [...text.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0);
      most = Math.max(most, own);
    }
    return most > 0 ? `the whole process ${Math.round(most / 1000)}` : "the whole process is not told here";
  } finally {
    await cdp.detach();
  }
}
