// The same mesh, every machine linked with every other, and the same moves of
// the pointer: here and in React Flow.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../browser/server.mjs";
import { full } from "./plans.mjs";
import { head, line, summary } from "./report.mjs";
import { VIEWPORT, central, grip, open } from "./stage.mjs";

/** How long a page may take to show a mesh. */
const PATIENCE = 30_000;

/** Measures a drag of one machine with everything in view, in both. */
export async function compare({ browser, site, quick }, sizes) {
  const { build } = await import("./react-flow/build.mjs");
  const folder = await mkdtemp(join(tmpdir(), "meshwright-"));
  try {
    const versions = await build(folder);
    const other = await serve({ root: folder });
    for (const count of sizes) {
      const plan = full(count);
      head(`${count} machines, each linked with each: a move of the pointer until it is painted`);
      const ours = await here(browser, site, plan, quick ? 20 : 60);
      line("Meshwright", summary(ours));
      const theirs = await there(browser, other, plan, quick ? 10 : 30);
      if (theirs) {
        line(versions, summary(theirs));
        console.log(`    ${(summary(theirs).p50 / summary(ours).p50).toFixed(1)} times as fast, in the middle`);
      } else {
        console.log(`${versions.padEnd(60)}  does not show the mesh within ${PATIENCE / 1000} s`);
      }
    }
    await other.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function here(browser, site, plan, moves) {
  const { context, page, cdp } = await open(browser, site, plan);
  try {
    const { at } = await central(page);
    // The card itself stays where it is until the drag ends; what is dragged lies above all.
    return await drag(page, cdp, at, moves, ".lifted > .node");
  } finally {
    await context.close();
  }
}

/** The same in React Flow; `null` if it does not get that far. */
async function there(browser, site, plan, moves) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  // A page that is stuck cannot be asked anything, not even to close.
  const late = new Promise((resolve) => setTimeout(resolve, 2 * PATIENCE + 1000 * moves, null));
  const work = (async () => {
    await context.addInitScript((plan) => localStorage.setItem("plan", plan), JSON.stringify(plan));
    const page = await context.newPage();
    await page.goto(site.url, { timeout: PATIENCE });
    const edges = (plan.nodes.length * (plan.nodes.length - 1)) / 2;
    await page.waitForFunction((edges) => document.querySelectorAll(".react-flow__edge").length === edges, edges, { timeout: PATIENCE });
    await page.waitForTimeout(1000);
    const cdp = await context.newCDPSession(page);
    const id = plan.nodes[Math.floor(plan.nodes.length / 2)].name;
    const at = await page.evaluate((id) => {
      const rect = document.querySelector(`[data-id="${id}"]`).getBoundingClientRect();
      return { x: rect.x + rect.width * 0.3, y: rect.y + rect.height / 2 };
    }, id);
    return await drag(page, cdp, at, moves, `[data-id="${id}"]`);
  })().catch((error) => {
    if (/Timeout/.test(error.message)) return null;
    throw error;
  });
  const found = await Promise.race([work, late]);
  await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
  return found;
}

/** Drags along one course, one move after the other is painted; answers how long each took. */
async function drag(page, cdp, from, moves, selector) {
  const place = () => page.evaluate((selector) => document.querySelector(selector).getBoundingClientRect().x, selector);
  const send = await grip(page, cdp, from, 500);
  const before = await place();
  await page.evaluate((selector) => {
    const moved = document.querySelector(selector);
    globalThis.moves = [];
    addEventListener(
      "pointermove",
      ({ timeStamp }) => {
        const was = moved.getBoundingClientRect().x;
        // A frame in which the machine stands where it stood shows nothing of this move.
        const look = () => {
          if (moved.getBoundingClientRect().x === was) {
            requestAnimationFrame(look);
            return;
          }
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.moves.push(performance.now() - timeStamp);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      },
      true,
    );
  }, selector);
  for (let step = 1; step <= moves; step += 1) {
    // There and back, each time so far that no line nearby holds the machine where it is.
    const x = 19 * (step % 16 < 8 ? step % 16 : 16 - (step % 16));
    await send("mouseMoved", { x: from.x + 21 + x, y: from.y + Math.round(60 * Math.sin(step / 4)) });
    await page.waitForFunction((step) => globalThis.moves.length >= step, step, { timeout: PATIENCE });
  }
  await send("mouseMoved", { x: from.x + 60, y: from.y });
  await page.waitForTimeout(500);
  const after = await place();
  await send("mouseReleased", { x: from.x + 60, y: from.y });
  if (Math.abs(after - before) < 20) throw new Error("the machine did not follow the pointer");
  return page.evaluate(() => globalThis.moves);
}
