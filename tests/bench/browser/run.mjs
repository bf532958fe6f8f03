// Holds the page in dist/ (or $MESHWRIGHT_DIST) to its promises about speed:
//
//   node tests/bench/browser/run.mjs [--quick] [--only edit,drag,…]
//
// Nothing else should run meanwhile: the figures are those of this machine.
import { fileURLToPath } from "node:url";
import { serve } from "../../browser/server.mjs";
import { full, mixed } from "./plans.mjs";
import { drag, latency, launch, machine, memory, open, settled, summary } from "./stage.mjs";

const root = process.env.MESHWRIGHT_DIST ?? fileURLToPath(new URL("../../../dist", import.meta.url));
const args = process.argv.slice(2);
const quick = args.includes("--quick");
const only = args.includes("--only") ? args[args.indexOf("--only") + 1].split(",") : null;
const sizes = args.includes("--sizes") ? args[args.indexOf("--sizes") + 1].split(",").map(Number) : [50, 100, 300];
const wants = (part) => !only || only.includes(part);
const rounds = quick ? 8 : 24;
const seconds = quick ? 2 : 5;

/** One 60th of a second, and the rounding of a clock. */
const FRAME = 16.7;
/** How long an edit may take, by the number of machines. */
const EDIT = { 50: 16, 100: 16, 300: 50 };

let broken = 0;
const number = (value) => (Number.isFinite(value) ? value.toFixed(1) : "–").padStart(8);

/** Prints one line of the table; `promise` holds for the figure at `part`. */
function line(what, figures, { promise, part = "p95", unit = "ms", note = "" } = {}) {
  const kept = promise === undefined ? null : Number(figures[part].toFixed(1)) <= promise;
  if (kept === false) broken += 1;
  const verdict = kept === null ? "" : `${kept ? "✓" : "✗"} ${part} ≤ ${promise} ${unit}`;
  console.log(`${what.padEnd(52)}${number(figures.p50)}${number(figures.p95)}${number(figures.max)}  ${verdict}${note && `  ${note}`}`);
}

function head(title) {
  console.log(`\n${title.padEnd(52)}${"p50".padStart(8)}${"p95".padStart(8)}${"max".padStart(8)}`);
}

const site = await serve({ root });
const browser = await launch();
console.log(machine(browser));

/** The machine nearest to the middle of the canvas; where none can be hit, the site. */
async function central(page) {
  return page.evaluate(() => {
    const box = document.querySelector(".canvas__drawing").getBoundingClientRect();
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const nearest = (selector, share) => {
      const things = [...document.querySelectorAll(selector)].map((thing) => {
        const rect = thing.getBoundingClientRect();
        const at = { x: rect.x + rect.width * share, y: rect.y + rect.height / 2 };
        return { at, whole: thing.closest(".node, .site"), far: Math.hypot(at.x - middle.x, at.y - middle.y) };
      });
      const hit = things.filter(({ at, whole }) => document.elementFromPoint(at.x, at.y)?.closest(".node, .site") === whole);
      return hit.sort((one, other) => one.far - other.far)[0];
    };
    const machine = nearest(".node__card", 0.3) ?? nearest(".node__hit", 0.5);
    const { at } = machine ?? nearest(".site__area", 0.3);
    return { at, what: machine ? "machine" : "site" };
  });
}

/** A machine that can be hit: if there is none, one is searched for, which brings it near. */
async function machineOf(page, plan) {
  const found = await central(page);
  if (found.what === "machine") return found;
  const all = Object.values(plan.nodes);
  await page.keyboard.press("Control+K");
  await page.keyboard.type(all[Math.floor(all.length / 2)].name);
  await page.keyboard.press("Enter");
  await settled(page);
  return central(page);
}

async function edits(title, plan) {
  const count = plan.nodes.length;
  const { context, page } = await open(browser, site, plan);
  head(title);
  const target = await machineOf(page, plan);
  const show = (what, found, limit) => {
    line(what, summary(found.map(({ work }) => work)), { promise: limit });
    const parts = ["handling", "painting", "total"].map((part) => `${part} ${summary(found.map((one) => one[part])).p50.toFixed(1)}`);
    console.log(`    of which in the middle: ${parts.join(", ")}`);
  };

  await page.mouse.click(target.at.x, target.at.y);
  await page.waitForSelector("#node-relay");
  // The pointer leaves, or what it points at is drawn as well.
  const limit = EDIT[count];
  const click = { type: "click", selector: "#node-relay" };
  show("a switch (may relay)", await latency(page, rounds, click, () => page.locator("#node-relay").click()), limit);
  const port = { type: "input", selector: "#node-port" };
  show(
    "a letter (listen port)",
    await latency(page, rounds, port, async (round) => {
      await page.locator("#node-port").focus();
      await page.keyboard.press(round % 2 ? "Backspace" : "5");
    }),
    limit,
  );
  const letter = { type: "input", selector: "#node-name" };
  await page.locator("#node-name").focus();
  await page.keyboard.press("End");
  show("a letter (name)", await latency(page, rounds, letter, (round) => page.keyboard.press(round % 2 ? "Backspace" : "b")), limit);
  await page.locator("#inspector").focus();
  const undo = { type: "keydown", selector: "body" };
  show("undo and redo", await latency(page, rounds, undo, (round) => page.keyboard.press(round % 2 ? "Control+Shift+Z" : "Control+Z")), limit);
  const select = { type: "click", selector: ".canvas__drawing" };
  const free = await page.evaluate(() => {
    const box = document.querySelector(".canvas__drawing").getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.bottom - 12 };
  });
  show(
    "select a machine, and nothing",
    await latency(page, rounds, select, async (round) => {
      const at = round % 2 ? target.at : free;
      await page.mouse.move(at.x, at.y);
      await page.waitForTimeout(80);
      await page.mouse.down();
      await page.mouse.up();
    }),
    100,
  );
  await slowest(page);
  await context.close();
}

/** What the browser says of the inputs so far. */
async function slowest(page) {
  const slow = await page.evaluate(() => globalThis.bench.slow);
  const figures = slow.length > 0 ? slow.map(({ took }) => took) : [0];
  line("interaction to next paint, as the browser says", summary(figures), { promise: 100, part: "p95" });
}

async function drags(title, plan) {
  const { context, page, cdp } = await open(browser, site, plan);
  head(title);
  const report = (what, frames) => {
    const figures = summary(frames);
    line(what, figures, { promise: FRAME, note: `${(1000 / (frames.reduce((sum, one) => sum + one, 0) / frames.length)).toFixed(0)} frames/s` });
  };
  const target = await central(page);
  report(`drag one ${target.what}, all in view`, await drag(page, cdp, target.at, seconds));
  await settled(page);
  await machineOf(page, plan);
  await hundred(page);
  await gather(page, await central(page), 20);
  report("drag what is selected of twenty machines, at 100 %", await drag(page, cdp, (await central(page)).at, seconds));
  await page.keyboard.press("Escape");
  await settled(page);
  const near = await central(page);
  report("drag one machine, at 100 %", await drag(page, cdp, near.at, seconds));
  await settled(page);

  await page.keyboard.press("Escape");
  await page.evaluate(() => globalThis.bench.record());
  const began = performance.now();
  const box = await page.locator(".canvas__drawing").boundingBox();
  while (performance.now() - began < seconds * 500) {
    const turn = (performance.now() - began) / 400;
    await page.mouse.move(box.x + box.width * (0.5 + 0.3 * Math.sin(turn)), box.y + box.height * (0.5 + 0.3 * Math.sin(2.3 * turn)));
  }
  report("the pointer passes over machines, at 100 %", await page.evaluate(() => globalThis.bench.stop()));

  await page.evaluate(() => globalThis.bench.record());
  for (let step = 0; step < 60 * (quick ? 1 : 2); step += 1) await page.mouse.wheel(step % 40 < 20 ? 12 : -12, step % 60 < 30 ? 8 : -8);
  report("the wheel moves the view, at 100 %", await page.evaluate(() => globalThis.bench.stop()));
  await slowest(page);
  await context.close();
}

/** Selects a machine and those nearest to it. */
async function gather(page, { at }, count) {
  await page.keyboard.press("Escape");
  const spots = await page.evaluate(
    ({ at, count }) => {
      const cards = [...document.querySelectorAll(".node__card")].map((card) => {
        const rect = card.getBoundingClientRect();
        const spot = { x: rect.x + rect.width * 0.3, y: rect.y + rect.height / 2 };
        return { ...spot, far: Math.hypot(spot.x - at.x, spot.y - at.y) };
      });
      const hit = cards.filter(({ x, y }) => document.elementFromPoint(x, y)?.closest(".node"));
      return hit.sort((one, other) => one.far - other.far).slice(0, count);
    },
    { at, count },
  );
  await page.keyboard.down("Shift");
  for (const { x, y } of spots) await page.mouse.click(x, y);
  await page.keyboard.up("Shift");
  await settled(page);
}

/** Sets the zoom to 100 %. */
async function hundred(page) {
  await page.keyboard.press("Escape");
  for (let step = 0; step < 20; step += 1) {
    const zoom = parseInt(await page.locator(".zoom__level, .zoom-bar output, .canvas__foot").first().innerText(), 10);
    if (zoom >= 100) break;
    await page.getByRole("button", { name: "Zoom in" }).click();
  }
  await page.waitForTimeout(400);
}

async function beginnings(title, plan) {
  const { context, page } = await open(browser, site, plan);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated").catch(() => {});
  head(title);
  const found = { first: [], pictured: [], ready: [] };
  for (let round = 0; round < (quick ? 4 : 10); round += 1) {
    await page.reload();
    await settled(page);
    const times = await page.evaluate(() => ({
      first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      pictured: globalThis.bench.pictured,
      ready: globalThis.bench.ready,
    }));
    for (const [name, time] of Object.entries(times)) found[name].push(time);
  }
  line("first paint", summary(found.first), { promise: 200 });
  line("the plan is painted", summary(found.pictured));
  line("the page can be used", summary(found.ready));
  await context.close();
}

async function memories(title, plan) {
  const { context, page, cdp } = await open(browser, site, plan);
  const target = await machineOf(page, plan);
  await page.mouse.click(target.at.x, target.at.y);
  await settled(page);
  const { heap, wasm, workers } = await memory(page, cdp);
  console.log(`\n${title}`);
  const sum = heap + wasm;
  line("heap and WebAssembly, in MB", { p50: sum, p95: sum, max: sum }, { promise: 150, part: "max", unit: "MB", note: `heap ${heap.toFixed(1)}, WebAssembly ${wasm.toFixed(1)}, the worker's heap ${workers.toFixed(1)}` });
  await context.close();
}

try {
  for (const count of sizes) {
    if (wants("edit")) await edits(`${count} machines, all public: edit to paint`, full(count));
    if (wants("edit")) await edits(`${count} machines, mixed: edit to paint`, mixed(count));
  }
  const most = Math.max(...sizes);
  if (wants("drag")) await drags(`${most} machines, all public: time of a frame`, full(most));
  if (wants("drag") && !quick) await drags(`${most} machines, mixed: time of a frame`, mixed(most));
  if (wants("start")) {
    await beginnings("example, code in cache: from the address to", null);
    await beginnings(`${most} machines, all public, code in cache: from the address to`, full(most));
  }
  if (wants("memory")) await memories(`${most} machines, all public: memory`, full(most));
} finally {
  await browser.close();
  await site.close();
}
console.log(broken === 0 ? "\nAll promises hold." : `\n${broken} of the figures are above what is promised.`);
process.exitCode = broken === 0 ? 0 : 1;
