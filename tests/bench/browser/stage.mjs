// A browser with a plan open in the built page, and how one gets about in it.
import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { chromium } from "../../browser/node_modules/playwright-core/index.mjs";
import { spy } from "./spy.mjs";

/** Software rendering, and nothing that the browser does for itself. */
export const ARGS = [
  "--disable-gpu",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const VIEWPORT = { width: 1440, height: 900 };

/** The browser of the system. */
export function chromiumPath() {
  const path = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!path) throw new Error("no Chromium found; name one with CHROMIUM=…");
  return path;
}

/** Starts the browser of the system. */
export const launch = () => chromium.launch({ executablePath: chromiumPath(), args: ARGS });

/** The machine in a line. */
export function machine(browser) {
  return `Chromium ${browser.version()}, software rendering, ${VIEWPORT.width}×${VIEWPORT.height}, ${cpus().length} cores (${cpus()[0].model}), load at the start ${loadavg()[0].toFixed(2)}`;
}

/**
 * Opens the page in a browser of its own that has the plan stored.
 *
 * @param {{ options?: object, prepare?: (context: object) => Promise<void> }} [more]
 */
export async function open(browser, site, plan, { options = {}, prepare } = {}) {
  const context = await browser.newContext({ viewport: VIEWPORT, ...options });
  await context.addInitScript(spy, plan && JSON.stringify(plan));
  await prepare?.(context);
  const page = await context.newPage();
  await page.goto(site.url);
  await settled(page);
  if (plan) await makeKeys(page);
  return { context, page, cdp: await context.newCDPSession(page) };
}

/** Makes the keys of a plan that came without, as everyone does who works with it. */
export async function makeKeys(page) {
  await page.locator("#tab-files").click();
  await page.locator("#drawer-panel .empty .button:not(.button--primary)").click();
  await page.waitForSelector("#drawer-panel [data-line]");
  await page.locator(".drawer__toggle").click();
  await settled(page);
}

/** Waits until the page is there and has nothing left to do. */
export async function settled(page) {
  await page.waitForSelector("#inspector", { state: "attached", timeout: 60_000 });
  await proved(page);
  await page.waitForTimeout(700);
}

/** Waits until the proof is there. */
export const proved = (page) => page.waitForSelector(".app[data-proof=done]", { state: "attached", timeout: 120_000 });

/** The machine nearest to the middle of the canvas; where none can be hit, the site. */
export async function central(page) {
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
      const [first] = hit.sort((one, other) => one.far - other.far);
      return first && { at: first.at, name: first.whole.dataset.node };
    };
    const machine = nearest(".node__card", 0.3) ?? nearest(".node__hit", 0.5);
    return machine ? { ...machine, what: "machine" } : { ...nearest(".site__area", 0.3), what: "site" };
  });
}

/** A machine that can be hit: if there is none, one is searched for, which brings it near. */
export async function machineOf(page, plan) {
  const found = await central(page);
  if (found.what === "machine") return found;
  const all = Object.values(plan.nodes);
  await page.keyboard.press("Control+K");
  await page.keyboard.type(all[Math.floor(all.length / 2)].name);
  await page.keyboard.press("Enter");
  await settled(page);
  return central(page);
}

/** A place on the canvas where nothing is drawn. */
export const ground = (page) =>
  page.evaluate(() => {
    const box = document.querySelector(".canvas__drawing").getBoundingClientRect();
    for (let y = box.bottom - 12; y > box.y; y -= 16) {
      for (let x = box.x + box.width / 2; x < box.right; x += 16) {
        if (document.elementFromPoint(x, y)?.matches(".ground, .canvas__drawing")) return { x, y };
      }
    }
    return null;
  });

/** Sets the zoom to 100 %. */
export async function hundred(page) {
  await page.keyboard.press("Escape");
  await page.locator(".zoom__figure").click();
  await page.waitForTimeout(400);
  const zoom = parseInt(await page.locator(".zoom__figure").innerText(), 10);
  if (zoom !== 100) throw new Error(`the zoom is ${zoom} %, not 100 %`);
}

/**
 * Does something over and over, and measures from the event to the paint.
 *
 * @param {(round: number) => Promise<void>} act
 */
export async function latency(page, rounds, what, act) {
  const found = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    await page.evaluate((what) => globalThis.bench.watch(what), what);
    await act(round);
    const figures = await page.evaluate(() => globalThis.bench.found);
    // The first two warm everything up.
    if (round >= 2 && figures) found.push(figures);
    await proved(page);
    await page.waitForTimeout(60);
  }
  return found;
}

/**
 * Presses the mouse on something, pulls it so far that this is a drag, and waits for the page to
 * come to rest; answers what moves and releases the mouse.
 */
export async function grip(page, cdp, from, rest) {
  const send = (type, at) =>
    cdp.send("Input.dispatchMouseEvent", { type, x: at.x, y: at.y, button: "left", buttons: type === "mouseReleased" ? 0 : 1, clickCount: 1 });
  await page.mouse.move(from.x, from.y);
  await send("mousePressed", from);
  for (let step = 1; step <= 3; step += 1) await send("mouseMoved", { x: from.x + 3 * step, y: from.y });
  await page.waitForTimeout(rest);
  return send;
}
