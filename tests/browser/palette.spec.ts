// One field for everything: finding machines, pairs and commands by a few
// letters, with the keyboard alone, and the sheet of all keys.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

const field = (page: Page): Locator => page.getByRole("combobox", { name: "Search or run a command" });
const options = (page: Page): Locator => page.getByRole("listbox", { name: "Results" }).getByRole("option");
const inspector = (page: Page): Locator => page.locator("#inspector");

test.beforeEach(async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
});

// A slow machine is busy when the next key comes; nothing typed may be lost,
// nor may Enter take what an earlier letter had found, nor a letter be a shortcut.
test("who types faster than the page draws gets what was typed", async ({ page }) => {
  const slow = await page.context().newCDPSession(page);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  // Sent without waiting, so that keys queue up behind what the page still does.
  const type = (text: string): Promise<unknown> => {
    const press = (key: string, more = {}) => [
      slow.send("Input.dispatchKeyEvent", { type: "keyDown", key, ...more }),
      slow.send("Input.dispatchKeyEvent", { type: "keyUp", key }),
    ];
    return Promise.all([
      ...press("k", { modifiers: 2, code: "KeyK", windowsVirtualKeyCode: 75 }),
      ...[...text].flatMap((letter) => press(letter, { text: letter })),
      ...press("Enter", { code: "Enter", windowsVirtualKeyCode: 13, text: "\r" }),
    ]);
  };
  // Eight times slower on a machine that may have other work as well.
  const patiently = expect.configure({ timeout: 15_000 });
  for (let round = 0; round < 3; round += 1) {
    await type("pi nas");
    await patiently(inspector(page)).toContainText("Relayed via vps");
    await patiently(page.locator(".badge-mark:focus")).toHaveAttribute("aria-label", /nas/);
    await type("vps");
    await patiently(inspector(page).getByRole("heading", { name: "vps" })).toBeVisible();
  }
  await patiently(page.getByRole("button", { name: "Nothing to undo" })).toBeVisible();
});

test("a machine, a pair and a command are found by a few letters", async ({ page }) => {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(field(page)).toBeFocused();
  await expect(options(page).first()).toBeVisible();
  await expectAccessible(page, ".dialog--palette");

  await page.keyboard.type("na");
  await expect(options(page).first()).toContainText("nas");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(inspector(page).getByRole("heading", { name: "nas" })).toBeVisible();
  // The focus is where the machine is drawn, so that the arrows go on from there.
  await expect(page.getByRole("region", { name: /^Canvas/ }).getByRole("button", { name: /^nas, / })).toBeFocused();

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("pi nas");
  await expect(options(page).first()).toContainText("nas \u2194 pi");
  await page.keyboard.press("Enter");
  await expect(inspector(page)).toContainText("Relayed via vps");

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("matrix");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Matrix" })).toHaveAttribute("aria-selected", "true");
});

test("the arrows walk the results, nothing found says so, and Escape gives the focus back", async ({ page }) => {
  const opener = page.getByRole("button", { name: "Search or run a command" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  const marked = page.locator('.palette__row[aria-selected="true"]');
  const first = await marked.textContent();
  await page.keyboard.press("ArrowDown");
  await expect(marked).not.toHaveText(first!);
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await marked.getAttribute("id"))!);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  // From the first to the last, which is brought into view.
  await expect(marked).toBeInViewport();

  await page.keyboard.type("zzzz");
  await expect(page.getByText("Nothing fits.")).toBeVisible();
  await expectAccessible(page, ".dialog--palette");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("the sheet shows every key, and each does what it says", async ({ page }) => {
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toContainText("Show the matrix");
  await expectAccessible(page, ".dialog--keys");
  const keys = await sheet.locator("kbd").allTextContents();
  expect(new Set(keys).size).toBe(keys.length);
  // In front of a dialog the page keeps still.
  await page.keyboard.press("3");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tab", { name: "Files" })).toHaveAttribute("aria-selected", "false");

  for (const [key, tab] of [["1", "Findings"], ["2", "Matrix"], ["3", "Files"], ["4", "Guide"]] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
  }
  await page.keyboard.press("0");
  await expect(page.locator("#drawer-panel")).toHaveCount(0);

  // F6 goes around the panes.
  for (const pane of ["#inspector", "#drawer", ".canvas__drawing"]) {
    await page.keyboard.press("F6");
    if (pane === "#inspector" && (await page.locator(".canvas__drawing").evaluate((one) => one === document.activeElement))) await page.keyboard.press("F6");
    await expect(page.locator(pane)).toBeFocused();
  }
  // On the canvas: fit, zoom, and the tools.
  const percent = page.locator(".zoom__figure");
  await page.keyboard.press("f");
  const fitted = await percent.textContent();
  await page.keyboard.press("-");
  await expect(percent).not.toHaveText(fitted!);
  await page.keyboard.press("c");
  await expect(page.getByRole("button", { name: "Connect two machines" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");

  // While somebody types, a digit is a digit.
  await page.locator("#project-name").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("2?");
  await expect(page.locator("#project-name")).toHaveValue("Example2?");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`search holds on a phone, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Search or run a command" }).click();
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("vp");
    await expect(options(page).first()).toContainText("vps");
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

test("what is found while the table shows gets its row into view", async ({ page }) => {
  await page.keyboard.press("t");
  await page.getByRole("searchbox", { name: "Filter" }).fill("vps");
  await expect(page.locator("#machines .grid-row")).toHaveCount(1);
  // What was filtered away is found all the same.
  await page.keyboard.press("ControlOrMeta+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("pi");
  await page.keyboard.press("Enter");
  await expect(page.locator("#machines .grid-row.is-selected > .col-name")).toBeFocused();
  await expect(page.locator("#machines .grid-row.is-selected")).toContainText("pi");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("nas vps");
  await page.keyboard.press("Enter");
  await expect(page.locator("#pairs .grid-row.is-selected > .col-pair")).toBeFocused();
  // Another view begins without it.
  await page.keyboard.press("t");
  await expect(page.locator(".canvas__drawing")).toBeAttached();
  await page.waitForTimeout(200);
  await expect(page.locator(".badge-mark:focus")).toHaveCount(0);
});
