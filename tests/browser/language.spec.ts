// The page in German: by choice or because the browser asks for it, kept for
// the next visit, and back in English without a word left behind.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

const catalogue: Record<string, string> = JSON.parse(
  readFileSync(new URL("../../static/lang/de.json", import.meta.url), "utf8"),
);
/** English texts without anything inserted, which the German page must not show. */
const english = new Set(Object.entries(catalogue).filter(([text, other]) => !text.includes("{") && text !== other).map(([text]) => text));

/** What the page shows and says, apart from what is written in files. */
const sayings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const said: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent?.closest("code, pre, script, noscript, [translate=no]")) said.push((walker.currentNode.textContent ?? "").trim());
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) said.push(element.getAttribute(name) ?? "");
    }
    return said;
  });

const leftInEnglish = async (page: Page): Promise<string[]> => (await sayings(page)).filter((text) => english.has(text));

/** Opens the page with the example. */
async function begin(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  const keep = page.locator(".start button").first();
  if (await keep.isVisible()) await keep.click();
}

async function choose(page: Page, tag: string): Promise<void> {
  const narrow = (page.viewportSize()?.width ?? 0) < 900;
  const menu = narrow ? "menu-more" : "menu-project";
  await page.locator(`[popovertarget=${menu}]:not([popovertargetaction])`).click();
  await page.locator(`#${menu} [lang=${tag}]`).click();
  await expect(page.locator("html")).toHaveAttribute("lang", tag);
}

test("the page changes to German and back, and what is open stays open", async ({ page }) => {
  await begin(page);
  await page.locator('[data-node="nas"]').first().click();
  const before = await sayings(page);
  await choose(page, "de");
  await expect(page.getByRole("textbox", { name: "Listen-Port" })).toBeVisible();
  expect(await leftInEnglish(page)).toEqual([]);
  for (const tab of ["findings", "matrix", "files"]) {
    await page.locator(`#tab-${tab}`).click();
    await expect(page.locator(`#tab-${tab}`)).toHaveAttribute("aria-selected", "true");
    await page.waitForTimeout(300);
    expect(await leftInEnglish(page)).toEqual([]);
  }
  await page.locator("#tab-files").click();
  await choose(page, "en");
  await expect(page.getByRole("textbox", { name: "Listen port" })).toBeVisible();
  const german = new Set(Object.values(catalogue).filter((text) => /[äöüß]/.test(text)));
  expect((await sayings(page)).filter((text) => german.has(text))).toEqual([]);
  expect(before.length).toBeGreaterThan(50);
});

test("the choice is kept for the next visit", async ({ page }) => {
  await begin(page);
  await choose(page, "de");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("#tab-files")).toContainText("Dateien");
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-AT" });

  test("the page is German from the first visit on, wide and narrow", async ({ page }) => {
    await begin(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expectAccessible(page);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.waitForTimeout(300);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${width} pixels`).toBeLessThanOrEqual(width);
      expect(await leftInEnglish(page)).toEqual([]);
    }
  });

  test("a name that is also a word of the page stays what it is", async ({ page }) => {
    await begin(page);
    await page.locator('[data-node="nas"]').first().click();
    const name = page.locator("#node-name");
    await name.fill("relays");
    await name.press("Enter");
    await expect(page.locator('[data-node="nas"] text', { hasText: "relays" }).first()).toBeVisible();
  });
});

test("commands are found by their names in both languages", async ({ page }) => {
  await begin(page);
  await choose(page, "de");
  await page.keyboard.press("ControlOrMeta+k");
  const first = page.locator(".palette__row").first();
  await expect(first).toBeVisible();
  for (const words of ["Dateien zeigen", "show the files"]) {
    await page.locator(".palette__input").fill(words);
    await expect(first).toHaveText(/Dateien/);
  }
  await page.locator(".palette__input").fill("Listen-Port");
  await expect(first).toHaveText(/Listen-Port/);
  await page.locator(".palette__input").fill(catalogue["Show the matrix"]!);
  await expect(first).toContainText(catalogue["Show the matrix"]!);
  await page.keyboard.press("Enter");
  await expect(page.locator("#tab-matrix")).toHaveAttribute("aria-selected", "true");
});
