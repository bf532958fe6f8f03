// On a phone the plan stays in sight: what is selected comes out from under the
// sheet, a finger presses only what it touched, and nothing is cut off.
import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });
const card = (page: Page, name: string): Locator => machine(page, name).locator(".node__card");
const title = (page: Page, text: string): Locator => inspector(page).getByRole("heading", { level: 2, name: text });

type Box = { x: number; y: number; width: number; height: number };
const box = async (what: Locator): Promise<Box> => (await what.boundingBox())!;

/** How far the lower edge of something is above the sheet. */
const above = async (page: Page, what: Locator): Promise<number> => {
  const [thing, sheet] = [await box(what), await box(inspector(page))];
  return sheet.y - (thing.y + thing.height);
};

const touch = (hands: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
  hands.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

const middle = async (what: Locator): Promise<[number, number]> => {
  const { x, y, width, height } = await box(what);
  return [x + width / 2, y + height / 2];
};

/** Where a card is on the screen, whatever its border. */
const place = async (page: Page, name: string): Promise<number[]> => (await middle(card(page, name))).map(Math.round);

/** Draws with one finger from one place to another. */
async function drag(hands: CDPSession, from: [number, number], to: [number, number]): Promise<void> {
  await touch(hands, "touchStart", from);
  for (let step = 1; step <= 8; step++) {
    const part = (at: 0 | 1) => from[at] + ((to[at] - from[at]) * step) / 8;
    await touch(hands, "touchMove", [part(0), part(1)]);
  }
  await touch(hands, "touchEnd");
}

async function example(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).tap();
  await expect(page.locator(".top-bar__status")).toContainText("6 of 6");
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("what is tapped comes out from under the sheet, and nothing jumps that is seen", async ({ page }) => {
    await example(page);
    // It stands where the sheet will be, and the tap must not press the sheet as well.
    await machine(page, "nas").tap();
    await expect(title(page, "nas")).toBeVisible();
    await expect(page.getByRole("button", { name: "Show all of the inspector" })).toBeVisible();
    await expect.poll(() => above(page, machine(page, "nas"))).toBeGreaterThan(8);

    // The next one is in sight already, and so the view stays.
    const vps = await place(page, "vps");
    await machine(page, "vps").tap();
    await expect(title(page, "vps")).toBeVisible();
    expect(await place(page, "vps")).toEqual(vps);

    // Neither does anything move when the sheet goes up, down and away.
    await page.getByRole("button", { name: "Show all of the inspector" }).tap();
    await page.getByRole("button", { name: "Show less of the inspector" }).tap();
    await expect.poll(() => place(page, "vps")).toEqual(vps);
    await inspector(page).getByRole("button", { name: "Close" }).tap();
    await expect(title(page, "Example")).toBeVisible();
    expect(await place(page, "vps")).toEqual(vps);
  });

  test("a pair that is chosen elsewhere shows with both of its ends", async ({ page }) => {
    await example(page);
    await page.getByRole("button", { name: "Search or run a command" }).tap();
    await page.keyboard.type("nas pi");
    await page.getByRole("option", { name: /nas.*pi/ }).first().tap();
    await expect(title(page, "nas and pi")).toBeVisible();
    for (const end of ["nas", "pi"]) await expect.poll(() => above(page, machine(page, end))).toBeGreaterThan(8);
  });

  test("a machine is moved, and two are connected, with one finger", async ({ page, context }) => {
    const hands = await context.newCDPSession(page);
    await example(page);
    await machine(page, "pi").tap();
    await expect.poll(() => above(page, machine(page, "pi"))).toBeGreaterThan(8);
    const [x, y] = await middle(machine(page, "pi"));
    await drag(hands, [x, y], [x - 8, y + 34]);
    await expect.poll(async () => (await middle(machine(page, "pi")))[1]).toBeGreaterThan(y + 20);

    // From the handle at the edge of what is selected to another machine.
    const handle = canvas(page).locator(".node.is-selected [data-handle] > rect").first();
    await drag(hands, await middle(handle), await middle(machine(page, "nas")));
    await expect(title(page, "nas and pi")).toBeVisible();
    await expectAccessible(page);
  });

  test("a row of the table that is chosen stays above the sheet", async ({ page }) => {
    await example(page);
    await page.getByRole("tab", { name: "Table" }).tap();
    const row = page.locator(".grid-row").filter({ hasText: "nas – vps – pi" });
    await row.tap();
    await expect(title(page, "nas and pi")).toBeVisible();
    await expect.poll(() => above(page, row)).toBeGreaterThan(0);
  });

  test("files are read without scrolling sideways", async ({ page }) => {
    await example(page);
    await page.getByRole("tab", { name: /Files/ }).tap();
    await expect(page.locator(".code__line").filter({ hasText: "PublicKey" }).first()).toBeVisible();
    const wider = await page.evaluate(() =>
      [...document.querySelectorAll("#drawer *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "auto").map((one) => one.className));
    expect(wider).toEqual([]);
    await expectAccessible(page);
  });
});

test("where the inspector lies over the canvas, what is selected comes out from under it", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).click();
  await machine(page, "pi").click();
  await expect(title(page, "pi")).toBeVisible();
  await expect.poll(async () => {
    const [card, cover] = [await box(machine(page, "pi")), await box(inspector(page))];
    return cover.x - (card.x + card.width);
  }).toBeGreaterThan(8);
});

test("a small plan that lies in a corner fills the view once it is tidied up", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, {
    name: "Corner",
    tunnel: ["10.10.0.0/24"],
    sites: [],
    nodes: ["north", "south", "west"].map((name, index) => ({
      name,
      place: { internet: { ipv4: `203.0.113.${index + 1}` } },
      addresses: [`10.10.0.${index + 1}`],
      position: [index * 50, index * 40],
    })),
  });
  await expect(machine(page, "north")).toBeAttached();
  for (let times = 0; times < 4; times++) await page.getByRole("button", { name: "Zoom out" }).click();
  await page.locator(".canvas__drawing").focus();
  await page.mouse.move(400, 300);
  await page.mouse.wheel(300, 200);
  const small = (await box(machine(page, "north"))).width;
  await page.keyboard.press("Shift+T");
  await expect.poll(async () => (await box(machine(page, "north"))).width).toBeGreaterThan(small * 1.5);
  const view = await box(canvas(page));
  const cards = await Promise.all(["north", "south", "west"].map((name) => box(machine(page, name))));
  const [left, right] = [Math.min(...cards.map(({ x }) => x)), Math.max(...cards.map(({ x, width }) => x + width))];
  // In the middle, give or take what the lines need.
  expect(Math.abs((left + right) / 2 - (view.x + view.width / 2))).toBeLessThan(60);
});
