// The late part of the page: it comes by itself, nothing moves when it does,
// and a page that cannot fetch it says so and goes on.
import { expect, test, untilKept } from "./support";

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
        Promise.all([".inspector", ".drawer", ".workspace"].map((pane) => page.locator(pane).boundingBox()));
      await expect(page.locator(".inspector[aria-busy=true]")).toBeVisible();
      const before = await places();
      release();
      await expect(page.locator("#inspector")).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await places()).toEqual(before);
    });
  }
});

test("a page that cannot fetch it says so, keeps edits, and tries again", async ({ page, problems }) => {
  await page.route(LATE, (route) => route.abort());
  await page.goto("./");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("could not be loaded");
  // What was asked for meanwhile is done when the part is there.
  await page.getByRole("button", { name: "Start empty" }).click();

  await page.unroute(LATE);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("#inspector")).toBeVisible();
  await expect(alert).toHaveCount(0);
  await expect(page.locator(".start")).toHaveCount(0);
  problems.length = 0;
});

for (const [delay, way] of [[1_000, "opens"], [7_000, "is asked for again"]] as const) {
  test(`a file dialog that was asked for ${delay / 1000} s too early ${way}`, async ({ page, problems }) => {
    await page.route(LATE, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, delay));
      await route.continue();
    });
    await page.goto("./");
    const open = page.getByRole("button", { name: "Open a project file" });
    const chooser = page.waitForEvent("filechooser");
    await open.click();
    // Browsers forget a click after about five seconds.
    if (delay > 5_000) {
      // Looking at the page through the test's own eyes would count as a click.
      await new Promise((resolve) => setTimeout(resolve, delay + 1_000));
      await expect(page.getByText("choose Open once more")).toBeVisible();
      await open.click();
    }
    await chooser;
    expect(problems).toEqual([]);
  });
}

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
