// For those who cannot see the drawing, or see it badly: what has the focus
// never gets lost, what happens is said, and more contrast is a choice.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

const node = (page: Page, name: string): Locator => page.locator(`.canvas [data-node="${name}"]`).first();
const drawing = (page: Page): Locator => page.locator(".canvas__drawing");

test.beforeEach(async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
});

test("the focus stays in its pane when what had it is gone", async ({ page }) => {
  await node(page, "pi").focus();
  await page.keyboard.press("Delete");
  await expect(drawing(page)).toBeFocused();

  // A menu that closes without a choice.
  await page.keyboard.press("n");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(drawing(page)).toBeFocused();

  // A machine that is taken back.
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await expect(page.locator(".canvas .node:focus")).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(drawing(page)).toBeFocused();

  // The button that closes itself.
  await node(page, "nas").focus();
  await page.keyboard.press("Enter");
  await page.locator("#inspector").getByRole("button", { name: "Close", exact: true }).press("Enter");
  await expect(page.locator("#inspector")).toBeFocused();

  // The other view in place of this one.
  await node(page, "nas").focus();
  await page.keyboard.press("t");
  await expect(page.locator(".table-view")).toBeFocused();
  await page.keyboard.press("t");
  await expect(drawing(page)).toBeFocused();
});

test("a step that is taken back is said, and no button promises what it would not do", async ({ page }) => {
  const said = page.locator(".toasts");
  await node(page, "pi").focus();
  await page.keyboard.press("Delete");
  await expect(said.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(said).toContainText("Undone: Delete pi");
  await expect(said.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(said).toContainText("Done again: Delete pi");
});

test("a machine says how many findings name it", async ({ page }) => {
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  const added = page.locator(".canvas .node:focus");
  await expect(added).toHaveAttribute("aria-label", /^server, .*public address unknown.*\b1 error\b/);
  // Somebody who speaks to the page says the name that shows, and the label begins with it.
  const names = await page.locator(".canvas :is(.node, .site)").evaluateAll((shapes) =>
    shapes.map((shape) => [shape.querySelector(".node__name, .site__name")?.textContent, shape.getAttribute("aria-label")?.split(", ")[0]]),
  );
  expect(names).toHaveLength(6);
  for (const [shown, spoken] of names) expect(spoken).toBe(shown);
});

test("more contrast is a choice, stays, and ends with the system's wish", async ({ page }) => {
  const root = page.locator("html");
  const ink = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--ink-3").trim());
  const choose = async (words: string): Promise<void> => {
    await page.locator(".top-bar__project").click();
    const choice = page.locator("#menu-project").getByRole("group", { name: "Contrast" }).getByRole("button", { name: words });
    await choice.click();
    await expect(choice).toHaveAttribute("aria-pressed", "true");
    await page.keyboard.press("Escape");
  };
  await expect(root).not.toHaveAttribute("data-more");
  const usual = await ink();
  await choose("More");
  await expect(root).toHaveAttribute("data-more");
  expect(await ink()).not.toBe(usual);
  await page.reload();
  await expect(root).toHaveAttribute("data-more");
  await untilReady(page);
  await expectAccessible(page);

  await page.emulateMedia({ contrast: "more" });
  await choose("Standard");
  await expect(root).not.toHaveAttribute("data-more");
  await choose("System");
  await expect(root).toHaveAttribute("data-more");
  await page.emulateMedia({ contrast: "no-preference" });
  await expect(root).not.toHaveAttribute("data-more");

  // The same by its name.
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("more contrast");
  await page.keyboard.press("Enter");
  await expect(root).toHaveAttribute("data-more");
});
