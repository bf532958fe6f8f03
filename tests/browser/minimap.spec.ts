// A plan that is larger than the screen: the minimap in the corner, and what
// sites and machines look like from afar.
import type { Locator, Page } from "@playwright/test";
import { mixed } from "../bench/browser/plans.mjs";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

test.describe.configure({ timeout: 120_000 });

const minimap = (page: Page): Locator => page.getByRole("application", { name: "Minimap" });
const percent = async (page: Page): Promise<number> => Number.parseInt(await page.locator(".zoom__figure").innerText(), 10);

/** Opens a plan of so many machines, a tenth of them servers, most behind routers. */
async function open(page: Page, count: number): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, mixed(count));
  await expect(page.getByLabel("Name of the mesh")).toHaveValue(/^\d+ machines/);
  await expect(page.locator(".site").first()).toBeVisible();
}

/** Where something is drawn on the canvas, which moves as the view does. */
async function place(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".site[data-site='Site 0']").boundingBox();
  return { x: box?.x ?? 0, y: box?.y ?? 0 };
}

/** Zooms around the middle until the figure says so. */
async function zoomTo(page: Page, goal: number): Promise<void> {
  const box = await page.locator(".canvas__drawing").boundingBox();
  if (!box) throw new Error("no canvas");
  await expect(async () => {
    const now = await percent(page);
    const change = Math.max(-0.45, Math.min(0.45, 1 - goal / now));
    await page.locator(".canvas__drawing").dispatchEvent("wheel", {
      deltaY: change * 400,
      ctrlKey: true,
      clientX: box.x + box.width / 2,
      clientY: box.y + box.height / 2,
    });
    expect(Math.abs((await percent(page)) - goal)).toBeLessThanOrEqual(1);
  }).toPass();
}

test("the minimap comes with the twentieth machine", async ({ page }) => {
  await open(page, 19);
  await expect(minimap(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Minimap" })).toHaveCount(0);

  await page.getByRole("button", { name: "Add a machine" }).click();
  await page.getByRole("menuitem", { name: "Phone" }).click();
  await expect(minimap(page)).toBeVisible();

  await page.keyboard.press("ControlOrMeta+Z");
  await expect(minimap(page)).toHaveCount(0);
});

test("a click and a drag in the minimap move the view", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 80);
  const box = await minimap(page).locator("svg").boundingBox();
  if (!box) throw new Error("no minimap");

  // To the upper left corner of the plan, then away from it to the right.
  await page.mouse.click(box.x + 12, box.y + 12);
  await expect.poll(async () => (await place(page)).x).toBeGreaterThan(-box.width);
  const before = await place(page);
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 52, box.y + 12, { steps: 4 });
  await page.mouse.up();
  // What stood there is to the left now, and as high as before.
  await expect.poll(async () => (await place(page)).x).toBeLessThan(before.x - 500);
  expect(Math.abs((await place(page)).y - before.y)).toBeLessThan(2);

  // A drag in the minimap is none on the canvas: nothing is selected or moved.
  await expect(page.locator(".site[aria-pressed=true], .node[aria-pressed=true]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
});

test("the wheel over the minimap zooms", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 50);
  await minimap(page).hover();
  await page.mouse.wheel(0, -100);
  await expect.poll(() => percent(page)).toBeGreaterThan(55);
  await page.mouse.wheel(0, 100);
  await expect.poll(() => percent(page)).toBeLessThan(55);
});

test("the keyboard moves the view from the minimap, and only the view", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 60);
  await minimap(page).focus();
  const start = await place(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await place(page)).x).toBeLessThan(start.x - 50);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => Math.round((await place(page)).x - start.x)).toBe(0);
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await place(page)).y).toBeLessThan(start.y - 40);
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(async () => (await place(page)).y).toBeGreaterThan(start.y + 200);
  await expect(minimap(page)).toBeFocused();

  const zoom = await percent(page);
  await page.keyboard.press("+");
  await expect.poll(() => percent(page)).toBeGreaterThan(zoom);
  await page.keyboard.press("f");
  await expect.poll(() => percent(page)).toBeLessThan(zoom);
});

test("one who does not want it hides it, and it stays hidden", async ({ page }) => {
  await open(page, 40);
  await page.getByRole("button", { name: "Minimap" }).click();
  await expect(minimap(page)).toHaveCount(0);
  await page.reload();
  await untilReady(page);
  await expect(page.getByRole("button", { name: "Minimap" })).toHaveAttribute("aria-pressed", "false");
  await expect(minimap(page)).toHaveCount(0);
  await page.locator(".canvas__drawing").focus();
  await page.keyboard.press("m");
  await expect(minimap(page)).toBeVisible();
});

test("what is selected shows in the minimap, and nothing covers it", async ({ page }) => {
  await open(page, 40);
  const chosen = minimap(page).locator(".minimap__chosen");
  await expect(chosen).toHaveAttribute("d", "");
  await page.locator(".site[data-site='Site 1']").focus();
  await page.keyboard.press("Enter");
  await expect(chosen).toHaveAttribute("d", /^M[^M]+$/);
  for (const width of [1440, 1100, 920]) {
    await page.setViewportSize({ width, height: 800 });
    const box = await minimap(page).boundingBox();
    for (const other of [".zoom", ".legend", ".tools", "#inspector"]) {
      const its = await page.locator(other).boundingBox();
      if (!box || !its) throw new Error(other);
      const apart =
        its.x + its.width <= box.x || box.x + box.width <= its.x || its.y + its.height <= box.y || box.y + box.height <= its.y;
      expect(apart, `${other} at ${width}`).toBe(true);
    }
  }
  // A phone has no room for it.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(minimap(page)).toBeHidden();
});

test("from afar sites speak for their machines: dots, then blocks", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 44);
  await expect(page.locator(".node__card")).not.toHaveCount(0);
  await expect(page.locator(".node__dot")).toHaveCount(0);

  await zoomTo(page, 30);
  const site = page.locator(".site[data-site='Site 0']");
  await expect(site).toContainText("Site 0");
  await expect(site).toContainText("8");
  // A dot for each machine of a site; those that stand alone keep their icon.
  await expect(page.locator(".node__dot")).toHaveCount(80);
  await expect(page.locator(".node.is-alone .node__icon")).toHaveCount(20);

  await zoomTo(page, 14);
  await expect(site).toContainText("8 machines");
  // None of its machines is drawn, and the keyboard finds each of them all the same.
  const inside = page.locator(".node:not(.is-alone)");
  await expect(inside).toHaveCount(80);
  await expect(inside.locator(".node__dot, .node__icon, .mark__letter")).toHaveCount(0);
  await page.locator(".node[data-node='node-0054']").focus();
  await page.keyboard.press("ArrowRight");
  await expect(inside.and(page.locator(":focus"))).toHaveCount(1);
  await expect(page.locator(".spoken")).toContainText("node-");
  await page.keyboard.press("Enter");
  await expect(page.locator("#inspector")).toContainText("node-");
});

test("from afar everything can still be pointed at, selected and walked", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 30);
  const dot = page.locator(".node[data-node='node-0054']");
  await dot.hover();
  await expect(page.locator(".spoken")).toContainText("node-0054");
  await dot.click();
  await expect(dot).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#inspector")).toContainText("node-0054");
  // The other dots are the badges of their verdicts now.
  await expect(page.locator(".node:not(.is-alone) .mark__letter")).toHaveCount(79);

  // Dragging a dot moves its site, because a dot has no place of its own.
  const site = page.locator(".site[data-site='Site 5']");
  const [before, at] = [await site.boundingBox(), await dot.boundingBox()];
  if (!before || !at) throw new Error("nothing drawn");
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
  await page.mouse.down();
  await page.mouse.move(at.x - 60, at.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await site.boundingBox())?.x ?? 0).toBeLessThan(before.x - 40);

  // The arrow keys go from dot to dot.
  await dot.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".node[data-node]:focus")).toHaveCount(1);
  await expect(dot).not.toBeFocused();

  // A block takes the click for its machines, and says that one of them is selected.
  await zoomTo(page, 14);
  await expect(site).toHaveClass(/is-holding/);
  await site.click();
  await expect(site).toHaveAttribute("aria-pressed", "true");
});

test("what is searched for comes near enough to be read", async ({ page }) => {
  await open(page, 100);
  await zoomTo(page, 14);
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("node-0054");
  await page.keyboard.press("Enter");
  await expect(page.locator(".node[data-node='node-0054']")).toBeInViewport();
  await expect(page.locator(".node[data-node='node-0054']")).toContainText("node-0054");
  await expect(page.locator(".node[data-node='node-0054']")).toBeFocused();
});

test("no text is smaller than 11 pixels, however far away", async ({ page }) => {
  await open(page, 100);
  for (const zoom of [60, 45, 35, 25, 19, 12, 6]) {
    await zoomTo(page, zoom);
    const smallest = await page.locator(".canvas__drawing").evaluate((drawing) => {
      // A letter in a badge may be smaller: the line beside it says the same.
      const texts = [...drawing.querySelectorAll<SVGTextElement>("text:not(.mark__letter)")].filter((text) => text.textContent);
      const sizes = texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0));
      return Math.min(...sizes);
    });
    expect(smallest, `at ${zoom} %`).toBeGreaterThanOrEqual(10.99);
  }
});

test("a line that is pointed at or has the focus says its sentence", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  const link = page.locator(".badge-mark[data-link='pair nas pi']");
  await link.hover();
  const plate = page.locator(".spoken");
  await expect(plate).toContainText("nas ↔ pi, via vps");
  await expect(plate).toContainText("Both ends are behind NAT");
  // It can be put away where it is, because it may cover something.
  await page.keyboard.press("Escape");
  await expect(plate).toHaveCount(0);
  await page.mouse.move(2, 2);
  await link.hover();
  await expect(plate).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(plate).toHaveCount(0);

  // The same by keyboard: the last machine is followed by the lines.
  await page.locator(".node").last().focus();
  await page.keyboard.press("Tab");
  await expect(page.locator(".badge-mark:focus")).toHaveCount(1);
  await expect(plate).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(plate).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the minimap and from afar, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, 40);
    for (const zoom of [30, 14]) {
      await zoomTo(page, zoom);
      await expectAccessible(page, ".canvas");
    }
  });
}
