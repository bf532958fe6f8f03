// The proof runs after every change: large plans in a worker, small ones in the
// page. Where there is no worker the page does it all.
import type { Page } from "@playwright/test";
import { expect, test, untilKept } from "./support";

const SCRIPT = "**/worker.js";

/** Opens the page with a stored plan of so many machines, all on the internet. */
async function openPlan(page: Page, machines: number, url = "./"): Promise<void> {
  const nodes = Array.from({ length: machines }, (_, place) => ({
    name: `node-${place}`,
    place: { internet: { ipv4: `203.0.113.${place + 1}` } },
    addresses: [`10.10.0.${place + 1}`],
    position: [(place % 8) * 260, Math.floor(place / 8) * 160],
  }));
  const plan = { format: "meshwright-plan", version: 1, name: "Many", id: "0123456789abcdef", tunnel: ["10.10.0.0/24"], nodes };
  await page.addInitScript((text) => {
    if (!localStorage.getItem("meshwright.plan")) localStorage.setItem("meshwright.plan", text);
    // Every state that the proof was in, because some are short.
    const states: string[] = ((window as unknown as { states: string[] }).states = []);
    new MutationObserver(() => {
      const state = document.querySelector<HTMLElement>(".app")?.dataset.proof;
      if (state && state !== states.at(-1)) states.push(state);
    }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-proof"] });
  }, JSON.stringify(plan));
  await page.goto(url);
}

/** Waits until the proof has come so far. */
async function untilProof(page: Page, word: "done" | "failed"): Promise<void> {
  await expect(page.locator(`.app[data-proof=${word}]`)).toBeAttached({ timeout: 20_000 });
}

/** Makes a change that packets may notice, and waits until it is proved. */
async function edit(page: Page): Promise<void> {
  const proofs = () =>
    page.evaluate(() => (window as unknown as { states: string[] }).states.filter((state) => state === "done").length);
  const before = await proofs();
  await page.locator(".node").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("switch", { name: "Offers its internet connection" }).click();
  await expect.poll(proofs, { timeout: 20_000 }).toBe(before + 1);
}

/** The addresses of the page's workers, without those that keep it. */
function workers(page: Page): string[] {
  return page.workers().map((worker) => worker.url());
}

test("a large plan is proved in a worker, which stays for the next change", async ({ page }) => {
  const started: string[] = [];
  page.on("worker", (worker) => started.push(worker.url()));
  await openPlan(page, 40);
  await untilProof(page, "done");
  await edit(page);
  expect(started).toHaveLength(1);
  expect(started[0]).toMatch(/\/code\/[0-9a-f]+\/worker\.js$/);
  expect(workers(page)).toEqual(started);
});

test("a small plan is proved in the page", async ({ page }) => {
  await openPlan(page, 5);
  await untilProof(page, "done");
  expect(workers(page)).toEqual([]);
});

test("the example is proved before anybody keeps it", async ({ page }) => {
  await page.goto("./");
  await untilProof(page, "done");
});

test("a kept page starts its worker without a request, and with the network cut", async ({ page, openSite }) => {
  const site = await openSite({ base: "/some/path/" });
  await openPlan(page, 40, site.url);
  await untilProof(page, "done");
  await untilKept(page);
  site.requests.length = 0;
  await page.reload();
  await untilProof(page, "done");
  expect(workers(page)).toHaveLength(1);
  // The browser itself looks whether there is a newer service worker.
  expect(site.requests.filter((request) => request !== "GET /some/path/sw.js")).toEqual([]);

  await site.close();
  await page.reload();
  await untilProof(page, "done");
  expect(workers(page)).toHaveLength(1);
});

test.describe("where the worker does not start", () => {
  // It would answer before the test can.
  test.use({ serviceWorkers: "block" });

  test("because the browser refuses it, the page proves by itself and says so", async ({ page }) => {
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    await page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException("Workers are blocked here.", "SecurityError");
        }
      } as unknown as typeof Worker;
    });
    await openPlan(page, 40);
    await untilProof(page, "done");
    expect(warnings.join("\n")).toContain("Workers are blocked here");
    await edit(page);
  });

  for (const [why, answer] of [
    ["its script is not there", { status: 404 }],
    ["its script is broken", { contentType: "text/javascript", body: "this is no program" }],
    ["the program does not start in it", { contentType: "text/javascript", body: "postMessage('No memory.')" }],
  ] as const) {
    test(`because ${why}, the page proves by itself`, async ({ page, problems }) => {
      await page.route(SCRIPT, (route) => route.fulfill(answer));
      await openPlan(page, 40);
      await untilProof(page, "done");
      expect(workers(page)).toEqual([]);
      problems.length = 0;
    });
  }

  test("a proof that breaks off says so, and the next change begins it anew", async ({ page, problems }) => {
    const body = "onmessage = () => { throw new Error('Broken.'); }; postMessage(new Uint8Array());";
    await page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body }));
    await openPlan(page, 40);
    await untilProof(page, "failed");
    expect(workers(page)).toEqual([]);
    problems.length = 0;

    await page.unroute(SCRIPT);
    await edit(page);
    expect(workers(page)).toHaveLength(1);
  });
});
