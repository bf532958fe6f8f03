// A browser with a plan open in the built page, and what is measured in it.
import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { chromium } from "../../browser/node_modules/playwright-core/index.mjs";

/** Software rendering, and nothing that the browser does for itself. */
const ARGS = [
  "--disable-gpu",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser of the system. */
export async function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error("no Chromium found; name one with CHROMIUM=…");
  return chromium.launch({ executablePath, args: ARGS });
}

/** The machine in a line. */
export function machine(browser) {
  return `Chromium ${browser.version()}, ${cpus().length} cores (${cpus()[0].model}), load ${loadavg()[0].toFixed(2)}`;
}

/** Runs in the page before anything else. */
function spy(plan) {
  if (plan && !localStorage.getItem("meshwright.plan")) localStorage.setItem("meshwright.plan", plan);
  const bench = { memories: [], edits: [], frames: null, slow: [], painted: null };
  globalThis.bench = bench;

  // WebAssembly's memory is told to nobody, so it is taken down when it comes.
  const keep = ({ instance }) => {
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) bench.memories.push(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      keep(result.instance ? result : { instance: result });
      return result;
    };
  }

  /** Calls back once what is in the document now has been painted. */
  const afterPaint = (then) => {
    requestAnimationFrame(() => {
      const began = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(began, performance.now());
      port2.postMessage(null);
    });
  };

  // The time from an input to its paint: the handlers with all that follows
  // from them at once, and the frame in which it shows. `total` has the wait
  // for the frame in between, too, which is up to 16.7 ms whatever the page does.
  bench.watch = (type, selector) =>
    new Promise((resolve) => {
      const hear = (event) => {
        if (!event.isTrusted || (selector && !event.target.closest?.(selector))) return;
        // A modifier goes down before the key that does something.
        if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
        removeEventListener(type, hear, true);
        const began = performance.now();
        const { port1, port2 } = new MessageChannel();
        let handled = null;
        port1.onmessage = () => (handled = performance.now());
        port2.postMessage(null);
        afterPaint((frame, painted) => {
          handled = Math.min(handled ?? frame, frame);
          resolve({ handling: handled - began, painting: painted - frame, work: handled - began + painted - frame, total: painted - event.timeStamp });
        });
      };
      addEventListener(type, hear, true);
      // What was pressed may have gone elsewhere.
      setTimeout(() => (removeEventListener(type, hear, true), resolve(null)), 5000);
    });

  /** Takes the times of all frames until it is stopped. */
  bench.record = () => {
    const times = [];
    let running = true;
    const tick = (time) => {
      times.push(time);
      if (running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    bench.stop = () => {
      running = false;
      return times.slice(1).map((time, index) => time - times[index]);
    };
  };

  // What the browser itself says about the time from inputs to their paint.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) bench.slow.push({ name: entry.name, took: entry.duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: true });

  const watchFor = (selector, name) => {
    const look = () => {
      if (!document.querySelector(selector)) return false;
      afterPaint((_, painted) => (bench[name] = painted));
      return true;
    };
    const observer = new MutationObserver(() => look() && observer.disconnect());
    observer.observe(document, { childList: true, subtree: true });
  };
  watchFor(".node, .canvas__empty", "pictured");
  watchFor("#inspector", "ready");
}

/** Opens the page in a browser of its own that has the plan stored. */
export async function open(browser, site, plan) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(spy, plan && JSON.stringify(plan));
  const page = await context.newPage();
  await page.goto(site.url);
  await settled(page);
  return { context, page, cdp: await context.newCDPSession(page) };
}

/** Waits until the page is there and has nothing left to do. */
export async function settled(page) {
  await page.waitForSelector("#inspector", { state: "attached", timeout: 60_000 });
  await page.waitForSelector(".app[data-proof=done]", { state: "attached", timeout: 120_000 });
  await page.waitForTimeout(700);
}

/** The share `part` of some figures, from the smallest to the largest. */
export function percentile(figures, part) {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

/** One measure over some figures. */
export function summary(figures) {
  return { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95), max: Math.max(...figures), count: figures.length };
}

/**
 * Does something over and over, and measures from the event to the paint.
 *
 * @param {(round: number) => Promise<void>} act
 */
export async function latency(page, rounds, { type, selector }, act) {
  const found = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    const measured = page.evaluate(({ type, selector }) => globalThis.bench.watch(type, selector), { type, selector });
    await act(round);
    const figures = await measured;
    // The first two warm everything up.
    if (round >= 2 && figures) found.push(figures);
    await page.waitForSelector(".app[data-proof=done]", { state: "attached", timeout: 60_000 });
    await page.waitForTimeout(60);
  }
  return found;
}

/** Moves the pressed mouse along a course for some seconds; answers the times of the frames. */
export async function drag(page, cdp, from, seconds) {
  const send = (type, at) =>
    cdp.send("Input.dispatchMouseEvent", { type, x: at.x, y: at.y, button: "left", buttons: type === "mouseReleased" ? 0 : 1, clickCount: 1 });
  await page.mouse.move(from.x, from.y);
  await send("mousePressed", from);
  for (let step = 1; step <= 3; step += 1) await send("mouseMoved", { x: from.x + 3 * step, y: from.y });
  await page.waitForTimeout(250);
  await page.evaluate(() => globalThis.bench.record());
  const began = performance.now();
  let last = from;
  // As fast as a good mouse, and no faster than the page keeps up.
  let waiting = 0;
  while (performance.now() - began < seconds * 1000) {
    const turn = ((performance.now() - began) / 1000) * 2;
    last = { x: Math.round(from.x + 90 * Math.sin(turn)), y: Math.round(from.y + 60 * Math.sin(2 * turn)) };
    waiting += 1;
    send("mouseMoved", last).finally(() => (waiting -= 1));
    do await new Promise((resolve) => setTimeout(resolve, 7));
    while (waiting > 2);
  }
  const frames = await page.evaluate(() => globalThis.bench.stop());
  await send("mouseReleased", last);
  return frames;
}

/** JavaScript's heap and WebAssembly's memory, of page and workers, in MB. */
export async function memory(page, cdp) {
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.enable").then(() => cdp.send("Performance.getMetrics"));
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  const sizes = await page.evaluate(() => [...new Set(globalThis.bench.memories.map(({ buffer }) => buffer.byteLength))]);
  const wasm = Math.max(0, ...sizes);
  let workers = 0;
  for (const worker of page.workers()) {
    workers += await worker.evaluate(() => (globalThis.benchMemory?.() ?? 0) + (performance.memory?.usedJSHeapSize ?? 0));
  }
  return { heap: heap / 1e6, wasm: wasm / 1e6, workers: workers / 1e6 };
}
