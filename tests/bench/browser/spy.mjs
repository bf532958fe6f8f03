// What the benchmark puts into a page before the page's own code runs.

/** Runs in the page; `plan` is stored there as if an earlier visit had left it. */
export function spy(plan) {
  if (plan && !localStorage.getItem("meshwright.plan")) localStorage.setItem("meshwright.plan", plan);
  const bench = { memories: new Set(), slow: [] };
  globalThis.bench = bench;

  // WebAssembly's memory is told to nobody, so it is taken down when it comes.
  // The parts of one program share one memory.
  const keep = ({ instance }) => {
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) bench.memories.add(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      keep(result.instance ? result : { instance: result });
      return result;
    };
  }

  /** Calls back in the next frame, and once what is in the document then has been painted. */
  const afterPaint = (then, sure = () => true) => {
    requestAnimationFrame(() => {
      if (!sure()) {
        afterPaint(then, sure);
        return;
      }
      const began = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(began, performance.now());
      port2.postMessage(null);
    });
  };

  const MODIFIERS = ["Control", "Shift", "Alt", "Meta"];

  // The time from an input to the paint of what it changes: the handlers with
  // all that follows from them until the `sign` changes in the document, and
  // the frame in which it shows. `total` has the wait for the frame in between,
  // too, which is up to 16.7 ms whatever the page does. Without the sign there
  // is no figure: a frame that shows nothing new proves nothing.
  bench.watch = ({ type, selector, sign, attribute }) => {
    bench.found = new Promise((resolve) => {
      const hear = (event) => {
        if (!event.isTrusted || (selector && !event.target.closest?.(selector))) return;
        // A modifier goes down before the key that does something.
        if (MODIFIERS.includes(event.key)) return;
        removeEventListener(type, hear, true);
        const began = performance.now();
        let changed = null;
        const observer = new MutationObserver(() => (changed ??= performance.now()));
        const what = attribute ? { attributeFilter: [attribute] } : { attributes: true, childList: true, characterData: true, subtree: true };
        observer.observe(document.querySelector(sign), what);
        const { port1, port2 } = new MessageChannel();
        let handled = began;
        port1.onmessage = () => (handled = performance.now());
        port2.postMessage(null);
        const paint = (frame, painted) => {
          observer.disconnect();
          handled = Math.min(Math.max(handled, changed), frame);
          resolve({ handling: handled - began, painting: painted - frame, work: handled - began + painted - frame, total: painted - event.timeStamp });
        };
        afterPaint(paint, () => changed !== null);
      };
      addEventListener(type, hear, true);
      // What was pressed may have gone elsewhere.
      setTimeout(() => (removeEventListener(type, hear, true), resolve(null)), 5000);
    });
  };

  // The time from the next click or key until something shows that did not
  // show before; `null` if it does not within five seconds.
  bench.until = (shown) => {
    if (shown()) throw new Error("it shows already");
    let [since, over] = [null, false];
    const hear = (event) => {
      if (event.isTrusted && !MODIFIERS.includes(event.key)) since ??= event.timeStamp;
    };
    for (const type of ["click", "keydown"]) addEventListener(type, hear, true);
    const found = new Promise((resolve) => {
      setTimeout(() => ((over = true), resolve(null)), 5000);
      afterPaint((_, painted) => resolve(since === null ? null : painted - since), () => over || (since !== null && shown()));
    });
    bench.found = found.finally(() => ["click", "keydown"].forEach((type) => removeEventListener(type, hear, true)));
  };

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

  // What the browser itself says about the time from inputs to their paint. It
  // says nothing of those that took less than one frame.
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
  const note = ({ name, startTime, duration, interactionId }) => interactionId && bench.slow.push({ name, at: startTime, took: duration });
  observer.observe({ type: "event", durationThreshold: 16, buffered: true });
  bench.slowest = (since = 0) => {
    observer.takeRecords().forEach(note);
    return bench.slow.filter(({ at }) => at >= since).map(({ took }) => took);
  };

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

/** Runs in a worker before its own code, and takes down the same memory there. */
export const WORKER_SPY = `
const memories = new Set();
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...args) => {
    const result = await original.apply(WebAssembly, args);
    for (const value of Object.values((result.instance ?? result).exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
    return result;
  };
}
globalThis.benchMemory = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
`;
