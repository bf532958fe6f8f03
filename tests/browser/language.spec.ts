// The page in German: by choice or because the browser asks for it, kept for
// the next visit, and back in English without a word left behind.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, painted, test, untilReady } from "./support";

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
      if (!parent?.closest("code, pre, script, noscript, .is-code, .projects__name, [lang=en]")) said.push((walker.currentNode.textContent ?? "").trim());
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) said.push(element.getAttribute(name) ?? "");
    }
    return said;
  });

const leftInEnglish = async (page: Page): Promise<string[]> => (await sayings(page)).filter((text) => english.has(text));

/** Words that stand in nearly every English sentence and in no German one. */
const ENGLISH =
  /\b(the|and|of|is|are|its|it|that|this|which|from|with|to|neither|both|for|by|not|has|have|be|or|on|machines?|behind|reached|through|between)\b/i;

/** A plan with much to say of it: both families, shared LANs, an exit, findings, own keys, names and hooks. */
const rich = readFileSync(new URL("../fixtures/files/maximal.json", import.meta.url), "utf8");

/** Everything that can be seen of the open plan, one sight after the other. */
async function* sights(page: Page): AsyncGenerator<string> {
  for (const tab of ["findings", "matrix", "files", "guide"]) {
    await page.locator(`#tab-${tab}`).click();
    await expect(page.locator(`#tab-${tab}`)).toHaveAttribute("aria-selected", "true");
    if (tab === "matrix") {
      for (const cell of (await page.locator("#drawer [role=gridcell][aria-label]").all()).slice(0, 12)) {
        await cell.click();
        await expect(page.locator(".walk__why")).toBeVisible();
        yield "the way of a packet";
      }
    }
    if (tab === "files") {
      // A plan from elsewhere has no keys yet.
      const make = page.getByRole("button", { name: catalogue["Make new keys"]! });
      await make.or(page.locator(".code__line").first()).first().waitFor();
      if (await make.isVisible()) {
        yield "the files before there are keys";
        await make.click();
      }
      await page.locator(".code__line").first().waitFor();
      for (const line of (await page.locator(".code__line").all()).slice(0, 15)) {
        await line.focus();
        yield "why a line is there";
      }
    }
    yield tab;
  }
  await page.locator("#tab-guide").click();
  await page.locator(".drawer__toggle").click();
  const keys = (of: string) =>
    page.evaluate((of) => [...new Set([...document.querySelectorAll(`.canvas [${of}]`)].map((each) => each.getAttribute(of)!))], of);
  for (const kind of ["data-node", "data-site", "data-link"]) {
    for (const key of (await keys(kind)).slice(0, 12)) {
      const drawn = page.locator(`.canvas [${kind}="${key}"][tabindex]`).first();
      if ((await drawn.count()) === 0) continue;
      await drawn.focus();
      await page.keyboard.press("Enter");
      await page.evaluate(() => document.querySelectorAll("#inspector details").forEach((each) => each.setAttribute("open", "")));
      yield `the inspector of ${key}`;
    }
  }
  await page.locator("[role=application].canvas__drawing, .canvas__drawing:not(.whole)").first().focus();
  await page.keyboard.press("ControlOrMeta+a");
  yield "the inspector of several";
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.querySelectorAll("#inspector details").forEach((each) => each.setAttribute("open", "")));
  yield "the inspector of the whole mesh";
  await page.keyboard.press("?");
  yield "the sheet of keys";
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+P");
  yield "the projects";
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  for (const thing of (await page.locator(".canvas [data-node], .canvas [data-site], .legend__entry").all()).slice(0, 12)) {
    await thing.dispatchEvent("pointerover");
    yield "what is explained";
  }
  await page.keyboard.press("x");
  await page.keyboard.press("t");
  yield "the table";
}

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

  for (const plan of ["the example", "a rich plan"]) {
    test(`nothing is left in English of ${plan}`, async ({ page }) => {
      test.setTimeout(150_000);
      page.setDefaultTimeout(5_000);
      await begin(page);
      if (plan !== "the example") {
        await page.evaluate((text) => localStorage.setItem("meshwright.plan.aaaaaaaaaaaaaaaa", text), rich);
        await page.goto("./#aaaaaaaaaaaaaaaa");
        await page.reload();
        await untilReady(page);
      }
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      const left = new Map<string, string>();
      // What a kernel says is quoted as it says it.
      for await (const sight of sights(page)) {
        await painted(page);
        for (const text of await sayings(page)) if (ENGLISH.test(text.replace(/„[^“]*“/g, ""))) left.set(text, sight);
      }
      expect(Object.fromEntries(left)).toEqual({});
    });
  }

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
