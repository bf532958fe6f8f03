// At 200 % the screen of a small laptop is no larger than a phone that lies on
// its side: everything is still there, and nothing is cut off.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");

/** What a person would press lies outside of the screen, or scrolls sideways. */
const lost = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seen = (one: Element) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("svg, .grid, .matrix__scroll");
    const all = [...document.querySelectorAll("body *")].filter(seen);
    const outside = all.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return one.matches("button, input, select, a") && width > 1 && (left < -1 || right > innerWidth + 1);
    });
    const sideways = all.filter((one) => getComputedStyle(one).overflowX === "auto" && one.scrollWidth > one.clientWidth + 1);
    const page = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
    return [...page, ...[...outside, ...sideways].map((one) => `${one.tagName}.${one.className}`)];
  });

for (const [width, height] of [[720, 450], [640, 400]] as const) {
  test(`at ${width} by ${height} pixels every pane is whole`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("./");
    await untilReady(page);
    expect(await lost(page)).toEqual([]);
    await page.getByRole("button", { name: /Keep this example/ }).click();
    for (const tab of ["Table", "Findings", "Matrix", "Files", "Guide", "Canvas"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await lost(page), tab).toEqual([]);
    }

    // The inspector stands beside what it is about, and leaves room for fields.
    const nas = page.getByRole("region", { name: /^Canvas/ }).getByRole("button", { name: /^nas, / });
    await nas.click();
    await expect(inspector(page).getByRole("heading", { level: 2, name: "nas" })).toBeVisible();
    await expect.poll(async () => {
      const [card, cover] = [(await nas.boundingBox())!, (await inspector(page).boundingBox())!];
      return cover.x - (card.x + card.width);
    }).toBeGreaterThan(0);
    expect((await inspector(page).boundingBox())!.height).toBeGreaterThan(height / 2);
    expect(await lost(page)).toEqual([]);
    await expectAccessible(page);
  });
}

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the table fits beside the inspector", async ({ page }) => {
    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: /Beispiel/ }).first().click();
    await page.keyboard.press("t");
    const pane = page.locator(".table-view__pane");
    await expect(pane).toBeVisible();
    expect(await pane.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  });
});
