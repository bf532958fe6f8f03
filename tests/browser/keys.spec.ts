// Everything by keyboard: keys that are the same wherever they are shown,
// recent things first, and the mode in which the page explains itself.
import { expect, expectAccessible, test, untilReady } from "./support";

test.beforeEach(async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
});

test("a slash opens search, and what was chosen comes first the next time", async ({ page }) => {
  const options = page.getByRole("listbox", { name: "Results" }).getByRole("option");
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Search or run a command" })).toBeFocused();
  // Nothing was done yet, so there is nothing to take back.
  await expect(options.filter({ hasText: /^Undo/ })).toHaveCount(0);
  await page.keyboard.type("pi nas");
  await page.keyboard.press("Enter");
  await expect(page.locator("#inspector")).toContainText("Relayed via vps");
  // The line of the pair is where the keyboard goes on.
  await expect(page.locator(".badge-mark:focus")).toHaveAttribute("aria-label", /nas/);

  await page.keyboard.press("/");
  await expect(options.first()).toContainText("nas \u2194 pi");
  await page.keyboard.press("End");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");

  // A setting is found by its name, and has the focus then.
  await page.keyboard.type("listen");
  await page.keyboard.press("Enter");
  await expect(page.locator("#plan-port")).toBeFocused();
  // In a field a slash is a slash.
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("menus and buttons name the keys that work", async ({ page }) => {
  await page.getByRole("button", { name: "Project", exact: true }).click();
  const open = page.locator("#menu-project").getByRole("button", { name: /^Open/ });
  await expect(open.locator("kbd")).toHaveText("Ctrl+O");
  await expect(open).toHaveAttribute("aria-keyshortcuts", "Control+O");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Connect two machines" })).toHaveAttribute("aria-keyshortcuts", "C");
  await expect(page.getByRole("button", { name: "Nothing to redo" })).toHaveAttribute("aria-keyshortcuts", "Control+Shift+Z Control+Y");
});

test("the sheet of keys shows all its groups without scrolling sideways", async ({ page }) => {
  await page.keyboard.press("?");
  const sheet = page.locator(".keys");
  expect(await sheet.evaluate((keys) => keys.scrollWidth - keys.clientWidth)).toBeLessThanOrEqual(0);
  await expect(sheet.getByRole("heading", { name: "Project" })).toBeVisible();
});

test("F6 walks the panes in both directions", async ({ page }) => {
  await page.locator("#inspector").focus();
  await page.keyboard.press("F6");
  await expect(page.locator("#drawer")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.locator("#inspector")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.locator(".canvas__drawing")).toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page explains what has the focus, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const told = page.locator(".explain");
    await page.keyboard.press("x");
    await expect(page.getByRole("group", { name: "Explanations" })).toBeVisible();

    await page.locator('.badge-mark[aria-label*="nas"][aria-label*="pi"]').first().focus();
    await expect(told).toContainText("vps relays, and can read this traffic");
    await page.locator(".node[data-node='pi']").focus();
    await expect(told).toContainText("behind the router at");
    await page.locator(".node[data-node='vps']").focus();
    await expect(told).toContainText("It passes packets on for others.");
    await page.locator(".legend__entry").first().hover();
    await expect(told).toContainText("one end can dial the other");
    await expectAccessible(page, ".explain-bar");

    await page.getByRole("button", { name: "Stop explaining" }).press("Enter");
    await expect(told).toHaveCount(0);
    await expect(page.locator("[data-explained]")).toHaveCount(0);
  });
}
