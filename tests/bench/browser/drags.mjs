// The time of a frame while something moves: a machine, twenty of them, the
// pointer over them, the view.
import { central, grip, hundred, machineOf, open, settled } from "./stage.mjs";
import { head, line, summary, unmeasured } from "./report.mjs";
import { slowest } from "./edits.mjs";

/** One 60th of a second, and the rounding of a clock. */
const FRAME = 16.7;

/** Measures everything that moves, in one plan. */
export async function drags({ browser, site, seconds }, title, plan) {
  const { context, page, cdp } = await open(browser, site, plan);
  head(title);
  const report = (what, frames) => {
    const pace = 1000 / (frames.reduce((sum, one) => sum + one, 0) / frames.length);
    line(what, summary(frames), { promise: FRAME, note: `${pace.toFixed(0)} frames/s` });
  };
  /** Drags, and looks in the stored plan which machines really moved. */
  const move = async (what, at, count) => {
    const before = await positions(page);
    const frames = await drag(page, cdp, at, seconds);
    await settled(page);
    const after = await positions(page);
    const moved = Object.keys(after).filter((name) => after[name] !== before[name]).length;
    if (moved === count) report(what, frames);
    else unmeasured(what, `${moved} machines moved, and not ${count}`);
  };

  const target = await central(page);
  const inside = target.what === "site" ? plan.nodes.filter(({ place }) => place.site?.at === plan.sites[0].name).length : 1;
  await move(`drag one ${target.what}, all in view`, target.at, inside);
  await machineOf(page, plan);
  await hundred(page);
  await settled(page);
  const near = await central(page);
  await page.keyboard.press("Escape");
  await move("drag one machine, at 100 %", near.at, 1);
  await gather(page, 20);
  await move("drag twenty machines that are selected, at 100 %", (await selected(page)).at, 20);
  await page.keyboard.press("Escape");
  await settled(page);

  await page.evaluate(() => {
    const seen = new Set();
    let [running, last] = [true, null];
    const look = () => {
      const now = document.querySelector(".node.is-hovered")?.dataset.node ?? null;
      if (now && now !== last) seen.add(`${seen.size} ${now}`);
      last = now;
      if (running) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    globalThis.bench.hovered = () => ((running = false), seen.size);
    globalThis.bench.record();
  });
  const began = performance.now();
  const box = await page.locator(".canvas__drawing").boundingBox();
  while (performance.now() - began < seconds * 1000) {
    const turn = (performance.now() - began) / 400;
    await page.mouse.move(box.x + box.width * (0.5 + 0.3 * Math.sin(turn)), box.y + box.height * (0.5 + 0.3 * Math.sin(2.3 * turn)));
  }
  const passing = await page.evaluate(() => globalThis.bench.stop());
  const hovered = await page.evaluate(() => globalThis.bench.hovered());
  const what = `the pointer passes over machines (${hovered} lit up), at 100 %`;
  if (hovered > 1) report(what, passing);
  else unmeasured(what, `${hovered} was under the pointer`);

  await page.evaluate(() => globalThis.bench.record());
  const until = performance.now() + seconds * 500;
  for (let step = 0; performance.now() < until; step += 1) await page.mouse.wheel(step % 40 < 20 ? 12 : -12, step % 60 < 30 ? 8 : -8);
  report("the wheel moves the view, at 100 %", await page.evaluate(() => globalThis.bench.stop()));
  await slowest(page);
  await context.close();
}

/** Where the stored plan has each machine. */
const positions = (page) =>
  page.evaluate(() => {
    const text = Object.entries(localStorage).find(([key]) => key.endsWith(location.hash.slice(1)) && key.startsWith("meshwright.plan."))?.[1];
    return Object.fromEntries(JSON.parse(text ?? localStorage.getItem("meshwright.plan")).nodes.map(({ name, position }) => [name, String(position)]));
  });

/** Moves the pressed mouse along a course for some seconds; answers the times of the frames. */
async function drag(page, cdp, from, seconds) {
  const send = await grip(page, cdp, from, 250);
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
  // It comes to rest away from where it began.
  await send("mouseMoved", { x: from.x + 40, y: from.y + 30 });
  await send("mouseReleased", { x: from.x + 40, y: from.y + 30 });
  return frames;
}

/** A selected machine that can be hit, and how many are selected. */
const selected = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll(".node.is-selected")];
    const spots = all.map((node) => {
      const rect = (node.querySelector(".node__card") ?? node).getBoundingClientRect();
      return { node, at: { x: rect.x + rect.width * 0.3, y: rect.y + rect.height / 2 } };
    });
    const free = spots.find(({ node, at }) => document.elementFromPoint(at.x, at.y)?.closest(".node") === node);
    return { at: free?.at, count: all.length };
  });

/** Selects so many machines: those in sight, and others where the view moves to. */
async function gather(page, count) {
  await page.keyboard.press("Escape");
  let chosen = 0;
  await page.keyboard.down("Shift");
  for (let step = 0; step < 12 && chosen < count; step += 1) {
    const spots = await page.evaluate((count) => {
      const cards = [...document.querySelectorAll(".node:not(.is-selected)")].map((node) => {
        const rect = node.querySelector(".node__card")?.getBoundingClientRect();
        return rect && { node, x: rect.x + rect.width * 0.3, y: rect.y + rect.height / 2 };
      });
      const hit = cards.filter((card) => card && document.elementFromPoint(card.x, card.y)?.closest(".node") === card.node);
      return hit.slice(0, count).map(({ x, y }) => ({ x, y }));
    }, count - chosen);
    for (const { x, y } of spots) await page.mouse.click(x, y);
    chosen = (await selected(page)).count;
    if (chosen >= count) break;
    // Down by half of what is seen.
    await page.keyboard.up("Shift");
    await page.mouse.wheel(0, 250);
    await page.waitForTimeout(300);
    await page.keyboard.down("Shift");
  }
  await page.keyboard.up("Shift");
  // Back to where one of them can be taken.
  for (let step = 0; step < 12 && !(await selected(page)).at; step += 1) {
    await page.mouse.wheel(0, -250);
    await page.waitForTimeout(300);
  }
  await settled(page);
}
