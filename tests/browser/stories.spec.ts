// What people do who have no mouse, who bring a large plan, or who change
// their mind: on a touch screen, with a hundred machines, and with Escape.
import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  /** Fingers at these places; none lifts them all. */
  const touch = (hands: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
    hands.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

  const middle = async (what: Locator): Promise<[number, number]> => {
    const box = (await what.boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  test("three machines are drawn by touch, moved with a finger, and looked at closely with two", async ({ page, context }) => {
    const hands = await context.newCDPSession(page);
    /** Rests with a finger until the menu is there, and chooses from it. */
    const add = async (x: number, y: number, what: RegExp) => {
      const box = (await canvas(page).boundingBox())!;
      await touch(hands, "touchStart", [box.x + x, box.y + y]);
      await expect(page.getByRole("menu")).toBeVisible();
      await touch(hands, "touchEnd");
      await page.getByRole("menuitem", { name: what }).tap();
    };
    const state = async (label: string, text: string) => inspector(page).getByLabel(label, { exact: true }).fill(text);

    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: /Start empty/ }).tap();
    await add(120, 230, /Server on the internet/);
    await state("Name", "vps");
    await state("Public IPv4", "203.0.113.1");
    await expect(machine(page, "vps")).toBeAttached();

    // A second site and machine by what the sheet offers.
    // The menu keeps clear of the sheet that covers the foot of the canvas.
    await add(60, 330, /Site/);
    await state("Name", "Home");
    await inspector(page).getByRole("button", { name: "Add machine here" }).tap();
    await state("Name", "nas");
    await expect(canvas(page).getByRole("button", { name: /^nas to vps, direct/ })).toBeAttached();
    await expect(page.locator(".top-bar__status")).toContainText("2 of 2");

    // One finger on the ground moves the view, and two enlarge it.
    const percent = async () => Number.parseInt((await page.locator(".canvas").getByText(/^\d+\s?%$/).first().textContent())!, 10);
    const before = await percent();
    const [x, y] = [200, 260];
    await touch(hands, "touchStart", [x - 30, y]);
    await touch(hands, "touchStart", [x - 30, y], [x + 30, y]);
    for (let step = 1; step <= 6; step++) await touch(hands, "touchMove", [x - 30 - step * 2, y], [x + 30 + step * 2, y]);
    await touch(hands, "touchEnd");
    await expect.poll(percent).toBeGreaterThan(before);

    // Everything comes back into view by its name.
    await page.getByRole("button", { name: "Search or run a command" }).tap();
    await page.keyboard.type("everything");
    await page.getByRole("option", { name: /Show everything/ }).tap();

    // What is selected follows the finger, in one step that undo takes back.
    await machine(page, "vps").tap();
    const at = await middle(machine(page, "vps"));
    await touch(hands, "touchStart", at);
    for (let step = 1; step <= 6; step++) await touch(hands, "touchMove", [at[0] + step * 5, at[1] + step * 4]);
    await touch(hands, "touchEnd");
    await expect.poll(async () => (await middle(machine(page, "vps")))[0]).toBeGreaterThan(at[0] + 10);
    // Right after a swipe Chromium takes a tap for one that ends the swipe.
    await page.waitForTimeout(400);
    await page.getByRole("button", { name: "Menu" }).tap();
    await page.getByRole("button", { name: "Undo: Move vps" }).tap();
    await page.keyboard.press("Escape");
    await expect.poll(async () => Math.abs((await middle(machine(page, "vps")))[0] - at[0])).toBeLessThan(3);
    await expectAccessible(page);
  });
});

/** A mesh of many machines at many sites, and a server that relays for them. */
function large(count: number): object {
  const sites = Array.from({ length: 20 }, (_, at) => ({
    name: `Site ${at}`,
    lans: [`192.168.${at}.0/24`],
    router: "nat",
    position: [(at % 5) * 1200, 400 + Math.floor(at / 5) * 900],
  }));
  const nodes = Array.from({ length: count }, (_, at) => ({
    name: at === 0 ? "vps" : `node-${String(at).padStart(3, "0")}`,
    place: at === 0 ? { internet: { ipv4: "203.0.113.1" } } : { site: { at: `Site ${at % 20}` } },
    addresses: [`10.10.0.${1 + at}`],
    position: at === 0 ? [2400, 0] : [(at % 5) * 1200 + 40 + (Math.floor(at / 20) % 3) * 240, 500 + (Math.floor(at / 5) % 4) * 900 + Math.floor(at / 60) * 120],
  }));
  return { name: "Large", tunnel: ["10.10.0.0/24"], sites, nodes };
}

test("a plan of a hundred machines opens whole, is proved, and answers", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, large(100));
  await expect(page.locator("#project-name")).toHaveValue("Large");
  await expect(page.locator(".top-bar__status")).toContainText("9900 of 9900 pairs proved", { timeout: 20_000 });
  // Every machine is there for the keyboard and for a screen reader.
  await expect(canvas(page).getByRole("button", { name: /^(node-\d+|vps), / })).toHaveCount(100);

  await machine(page, "node-042").focus();
  await page.keyboard.press("Enter");
  await inspector(page).getByLabel("Name", { exact: true }).fill("renamed");
  await page.keyboard.press("Enter");
  await expect(machine(page, "renamed")).toBeAttached();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(machine(page, "node-042")).toBeAttached();
});

test("every dialog closes by Escape, changes nothing, and gives the focus back", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  for (const [menu, item] of [
    ["Download", /^Keyring/],
    ["Project", /^Forget secrets/],
  ] as const) {
    const button = page.locator(".top-bar").getByRole("button", { name: menu, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    const stored = await page.evaluate(() => JSON.stringify(localStorage));
    const entry = page.locator(".menu:popover-open").getByRole("button", { name: item });
    await entry.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(button).toBeFocused();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(stored);
  }
});
