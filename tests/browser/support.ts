// What every browser test builds on: the built page on a server of its own,
// and an eye on everything that must never happen while a test runs.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { serve } from "./server.mjs";

/** The built page. */
export const dist = process.env.MESHWRIGHT_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

type Site = Awaited<ReturnType<typeof serve>>;

type TestFixtures = {
  /** Serves a folder (the built page, if none is named), for this test alone. */
  openSite: (options?: { root?: string; base?: string }) => Promise<Site>;
  /**
   * Console errors, uncaught errors, violations of the policy, requests to
   * foreign places and answers that say "error". A test fails if any are left
   * at its end. One that provokes them checks and then empties the list.
   */
  problems: string[];
};
type WorkerFixtures = {
  /** The built page, where `page.goto("./")` leads. */
  site: Site;
  /** The origins that are our own servers. */
  origins: Set<string>;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  origins: [async ({}, use) => use(new Set()), { scope: "worker" }],

  site: [
    async ({ origins }, use) => {
      const site = await serve({ root: dist });
      origins.add(site.origin);
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ site }, use) => use(site.url),

  openSite: async ({ origins }, use) => {
    const opened: Site[] = [];
    await use(async ({ root = dist, base } = {}) => {
      const site = await serve({ root, base });
      origins.add(site.origin);
      opened.push(site);
      return site;
    });
    for (const site of opened) await site.close();
  },

  problems: [
    async ({ context, origins }, use) => {
      const problems: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") problems.push(`console: ${message.text()}`);
      });
      context.on("weberror", (error) => problems.push(`uncaught: ${error.error()}`));
      context.on("request", (request) => {
        const url = new URL(request.url());
        const inside = url.protocol === "data:" || url.protocol === "blob:" || origins.has(url.origin);
        if (!inside) problems.push(`foreign request: ${request.method()} ${request.url()}`);
        if (request.method() !== "GET") problems.push(`a request that carries data: ${request.method()} ${request.url()}`);
      });
      context.on("response", (response) => {
        if (response.status() >= 400) problems.push(`answer ${response.status()}: ${response.url()}`);
      });
      await context.exposeBinding("reportPolicyViolation", (_source, text: string) => {
        problems.push(`policy: ${text}`);
      });
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          const report = (globalThis as unknown as { reportPolicyViolation: (text: string) => void }).reportPolicyViolation;
          report(`${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
        });
      });
      await use(problems);
      expect(problems, "what must never happen while a page runs").toEqual([]);
    },
    { auto: true },
  ],
});

/** Waits until the service worker has stored this version and answers this page. */
export async function untilKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

/** Waits until the page can be worked with, and not only looked at. */
export async function untilReady(page: Page): Promise<void> {
  await expect(page.locator("#inspector")).toBeAttached();
}

/** Waits until what shows is painted, and stored after that. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20))));
}

/** Opens a plan from a file, as one who chooses it. */
export async function openPlan(page: Page, plan: object): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("ControlOrMeta+O");
  const text = JSON.stringify({ format: "meshwright-plan", version: 1, ...plan });
  await (await chooser).setFiles({ name: "plan.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

/** The violations that axe finds on what the page shows now, or on a part of it. */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page });
  // A drawing of a hundred machines takes axe a minute.
  if (part) axe.include(part);
  const { violations } = await axe
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    // This rule takes all texts on a machine's card, run together, for its
    // label, also those that a screen reader is not told. What one would say
    // is the name, and the label begins with it: eyes.spec.ts looks at that.
    .disableRules("label-content-name-mismatch")
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}

/** The version that the page in the browser is built from. */
export async function versionOf(page: Page): Promise<string | null> {
  return page.locator('meta[name="version"]').getAttribute("content");
}

export { expect };
