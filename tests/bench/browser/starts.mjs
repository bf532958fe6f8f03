// From the address to the page, where the browser has its code already: the
// second visit, and the first one after the browser was started anew.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "../../browser/node_modules/playwright-core/index.mjs";
import { spy } from "./spy.mjs";
import { ARGS, VIEWPORT, chromiumPath, makeKeys, settled } from "./stage.mjs";
import { head, line, summary, unmeasured } from "./report.mjs";

/** The first paint, with the code of the page in a cache. */
const FIRST = 200;

/** The ways in which the browser has the page's code, each with what it is called. */
const WAYS = [
  { name: "from the service worker", worker: true },
  { name: "from the browser's own cache", worker: false },
  { name: "from the service worker, the browser just started", worker: true, anew: true },
];

/** Measures a plan that is opened again, in every way. */
export async function starts({ site, quick }, title, plan) {
  for (const way of WAYS) {
    head(`${title}: ${way.name}`);
    const rounds = way.anew ? (quick ? 3 : 6) : quick ? 4 : 10;
    const found = { first: [], pictured: [], ready: [] };
    const home = await mkdtemp(join(tmpdir(), "meshwright-"));
    let strays = 0;
    try {
      let context = await visit(home, way, plan);
      let page = await first(context, site, way, plan);
      for (let round = 0; round < rounds; round += 1) {
        if (way.anew) {
          await context.close();
          context = await visit(home, way, plan);
          // The tab with which the browser comes up would be in the way.
          page = await context.newPage();
        } else {
          await page.goto("about:blank");
        }
        const before = site.requests.length;
        await page.goto(site.url);
        await settled(page);
        strays += site.requests.slice(before).filter((asked) => !/ \/(sw\.js|)$/.test(asked)).length;
        const times = await page.evaluate(() => ({
          first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
          pictured: globalThis.bench.pictured,
          ready: globalThis.bench.ready,
        }));
        for (const [name, time] of Object.entries(times)) found[name].push(time);
      }
      await context.close();
    } finally {
      await rm(home, { recursive: true, force: true });
    }
    if (strays > 0) unmeasured("code in cache", `${strays} files came from the network all the same`);
    line("first paint", summary(found.first), { promise: FIRST });
    line("the plan is painted", summary(found.pictured));
    line("the page can be used", summary(found.ready));
  }
}

/** A browser whose profile stays. */
async function visit(home, { worker }, plan) {
  const options = { executablePath: chromiumPath(), args: ARGS, viewport: VIEWPORT, serviceWorkers: worker ? "allow" : "block" };
  const context = await chromium.launchPersistentContext(home, options);
  await context.addInitScript(spy, plan && JSON.stringify(plan));
  return context;
}

/** The visits after which everything is in the cache, the compiled code as well. */
async function first(context, site, { worker }, plan) {
  const page = await context.newPage();
  for (let round = 0; round < 3; round += 1) {
    await page.goto(site.url);
    await settled(page);
    if (plan && round === 0) await makeKeys(page);
    if (worker) await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  }
  return page;
}
