// The page comes in two parts: a picture of the plan, and what a person does
// with it. The second comes by itself, nothing moves when it does, and where it
// cannot be fetched the page says so.
import type { Page } from "@playwright/test";
import { expect, test, untilKept, untilReady } from "./support";

const LATE = "**/split_*.wasm";

test.describe("without a worker in between", () => {
  // A worker asks for both parts as well, to keep them, at a time of its own.
  test.use({ serviceWorkers: "block" });

  test("the late part comes by itself, after the page is painted", async ({ page, openSite }) => {
    const site = await openSite();
    await page.goto(site.url);
    await expect(page.locator("#inspector")).toBeAttached();
    const [first, second] = site.requests.filter((request) => request.endsWith(".wasm"));
    expect(first).toContain("meshwright_bg.wasm");
    expect(second).toContain("split_");
  });

  for (const [width, height] of [[1440, 900], [1000, 800], [390, 844]] as const) {
    test(`nothing moves when it comes, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.goto("./");
      // A kept plan, because the first visit hides these panes.
      await page.getByRole("button", { name: "Keep this example" }).click();
      await expect(page.locator("#inspector")).toBeVisible();

      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route(LATE, async (route) => {
        await held;
        await route.continue();
      });
      await page.reload();
      const places = async () =>
        page
          .locator(".top-bar, .project-name, .workspace, .inspector, .drawer, .canvas__drawing :is(.site__area, .node, .link__line)")
          .evaluateAll((pieces) => pieces.map((piece) => [piece.getAttribute("class"), piece.getBoundingClientRect().toJSON()]));
      await expect(page.locator(".app[aria-busy=true] .node")).toHaveCount(3);
      const before = await places();
      // What cannot answer yet can be neither clicked nor reached by Tab.
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
      release();
      await expect(page.locator("#inspector")).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await places()).toEqual(before);
    });
  }

  test("a page that opens late does not write over what another tab stored meanwhile", async ({ page, context }) => {
    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: "Keep this example" }).click();
    await expect(page.getByText("Saved in this browser")).toBeVisible();

    const late = await context.newPage();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await late.route(LATE, async (route) => {
      await held;
      await route.continue();
    });
    await late.goto("./");
    await expect(late.locator(".app[aria-busy=true] .node")).toHaveCount(3);
    await page.getByLabel("Name of the mesh").fill("Renamed meanwhile");
    await expect.poll(() => stored(page)).toContain("Renamed meanwhile");
    release();
    await untilReady(late);
    expect(await stored(late)).toContain("Renamed meanwhile");
  });
});

test("a page that cannot fetch it shows the plan, says so, and tries again", async ({ page, problems }) => {
  await page.route(LATE, (route) => route.abort());
  await page.goto("./");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("could not be loaded");
  await expect(page.locator(".node")).toHaveCount(3);

  await page.unroute(LATE);
  // Those who use the keyboard get there, too.
  await page.keyboard.press("Tab");
  await expect(alert.getByRole("button", { name: "Try again" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#inspector")).toBeAttached();
  await expect(alert).toHaveCount(0);
  await page.getByRole("button", { name: "Start empty" }).click();
  await expect(page.locator(".start")).toHaveCount(0);
  problems.length = 0;
});

test("with the network cut it comes even if it was never shown", async ({ page, openSite, problems }) => {
  const site = await openSite();
  // The page itself never gets it; only the worker does, which keeps it.
  await page.route(LATE, (route) => route.abort());
  await page.goto(site.url);
  await untilKept(page);
  await page.unroute(LATE);
  problems.length = 0;
  await site.close();
  await page.reload();
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.locator("#inspector")).toBeVisible();
  await page.getByRole("tab", { name: /Files/ }).click();
  await expect(page.locator("#drawer")).toContainText("PrivateKey");
});

/** Everything that this browser keeps as text for the page. */
async function stored(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...localStorage }));
}
