// Several things at once: chosen by mouse, by keyboard and by finger, then
// moved, put in order, copied, changed and deleted, each as one step.
import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, painted, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });
const place = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}(,|:| )`) }).first();
const title = (page: Page, name: string): Locator => inspector(page).getByRole("heading", { level: 2, name, exact: true });
const middle = async (what: Locator): Promise<[number, number]> => {
  const box = (await what.boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
};

/** The open plan as this browser stores it. */
const stored = async (page: Page): Promise<string> => {
  await painted(page);
  return page.evaluate(() => localStorage.getItem(`meshwright.plan.${location.hash.slice(1)}`) ?? "");
};

/** Does something, and checks that undo and redo lead back and forth to the same bytes. */
async function asOneStep(page: Page, name: RegExp, does: () => Promise<void>): Promise<void> {
  const before = await stored(page);
  await does();
  await expect(page.getByRole("button", { name })).toBeAttached();
  await expect.poll(() => stored(page)).not.toBe(before);
  const after = await stored(page);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => stored(page)).toBe(before);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(() => stored(page)).toBe(after);
}

/** Opens five servers in a row, not quite level, without any site. */
async function servers(page: Page): Promise<void> {
  await openPlan(page, {
    name: "Servers",
    tunnel: ["10.10.0.0/24"],
    sites: [],
    nodes: ["a", "b", "c", "d", "e"].map((name, index) => ({
      name,
      place: { internet: { ipv4: `203.0.113.${index + 1}` } },
      addresses: [`10.10.0.${index + 1}`],
      position: [index * 260, index * 48],
    })),
  });
  // It is stored, and the address names it, once it is painted.
  await expect.poll(() => stored(page)).toContain('"Servers"');
}

async function begin(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).click();
  await expect(machine(page, "nas")).toBeAttached();
  await expect.poll(() => stored(page)).not.toBe("");
}

test("machines are chosen with Shift, moved together and deleted together", async ({ page }) => {
  await begin(page);
  await machine(page, "vps").click();
  await machine(page, "pi").click({ modifiers: ["Shift"] });
  await expect(title(page, "2 machines")).toBeVisible();
  await expect(canvas(page).getByText("Selected: 2 machines.")).toBeAttached();
  for (const name of ["vps", "pi"]) await expect(machine(page, name)).toHaveAttribute("aria-pressed", "true");
  await expect(machine(page, "nas")).toHaveAttribute("aria-pressed", "false");
  await expectAccessible(page);

  const [vps, pi] = [await middle(machine(page, "vps")), await middle(machine(page, "pi"))];
  await asOneStep(page, /^Undo: Move 2 machines/, async () => {
    await page.mouse.move(...vps);
    await page.mouse.down();
    await page.mouse.move(vps[0] + 20, vps[1] + 10);
    await page.mouse.move(vps[0] + 40, vps[1] + 24, { steps: 4 });
    await page.mouse.up();
  });
  const moved = await middle(machine(page, "vps"));
  const also = await middle(machine(page, "pi"));
  expect(moved[0] - vps[0]).toBeGreaterThan(20);
  expect(Math.abs(moved[0] - vps[0] - (also[0] - pi[0]))).toBeLessThan(2);

  // Arrows nudge all of them, and that is one step as well.
  await machine(page, "pi").focus();
  await asOneStep(page, /^Undo: Move 2 machines/, async () => {
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
  });
  await asOneStep(page, /^Undo: Delete 2 machines/, () => page.keyboard.press("Delete"));
  await expect(machine(page, "nas")).toBeAttached();
  await expect(machine(page, "vps")).not.toBeAttached();
});

test("a box takes what it touches, everything is chosen at once, and Escape lets go", async ({ page }) => {
  await begin(page);
  await servers(page);
  await expect(machine(page, "e")).toBeAttached();
  const [first, third] = [(await machine(page, "a").boundingBox())!, (await machine(page, "c").boundingBox())!];
  const drag = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 3 });
    await page.mouse.move(...to, { steps: 3 });
  };
  await drag([first.x - 20, third.y + third.height + 30], [third.x + 10, first.y - 10]);
  await expect(page.locator(".lasso")).toBeVisible();
  await page.mouse.up();
  await expect(page.locator(".lasso")).not.toBeAttached();
  await expect(title(page, "3 machines")).toBeVisible();

  // Escape while a box is drawn leaves what was selected.
  await page.keyboard.down("Shift");
  const last = (await machine(page, "e").boundingBox())!;
  await drag([last.x + last.width + 20, last.y + last.height + 40], [last.x + 10, last.y + 10]);
  await expect(title(page, "4 machines")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(title(page, "3 machines")).toBeVisible();

  await machine(page, "a").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(title(page, "5 machines")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(inspector(page).getByText("The whole mesh")).toBeVisible();

  // By keyboard alone.
  await machine(page, "b").focus();
  await page.keyboard.press("Shift+Enter");
  await machine(page, "d").focus();
  await page.keyboard.press("Shift+Enter");
  await expect(title(page, "2 machines")).toBeVisible();
  await page.keyboard.press("Shift+Enter");
  await expect(title(page, "b")).toBeVisible();

  // The view still moves, with the space bar.
  const before = (await machine(page, "a").boundingBox())!;
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.down(" ");
  await drag([first.x - 20, first.y - 60], [first.x + 40, first.y - 20]);
  await page.mouse.up();
  await page.keyboard.up(" ");
  await expect.poll(async () => (await machine(page, "a").boundingBox())!.x - before.x).toBeGreaterThan(40);
});

test("cards snap to each other, and several are put in order", async ({ page }) => {
  await begin(page);
  await servers(page);
  await expect(machine(page, "e")).toBeAttached();
  const top = async (name: string) => (await machine(page, name).boundingBox())!.y;
  const [a, b] = [await middle(machine(page, "a")), await middle(machine(page, "b"))];
  await page.mouse.move(...b);
  await page.mouse.down();
  await page.mouse.move(b[0] + 8, b[1] - 8);
  await page.mouse.move(b[0] + 16, a[1] + 3, { steps: 5 });
  await expect(page.locator(".snap-line")).toHaveAttribute("d", /^M0 0L/);
  await page.mouse.up();
  await expect(page.locator(".snap-line")).not.toBeAttached();
  expect(Math.abs((await top("a")) - (await top("b")))).toBeLessThan(1);

  await page.keyboard.press("ControlOrMeta+a");
  await asOneStep(page, /^Undo: Align 5 machines at the bottom/, () => inspector(page).getByRole("button", { name: "Align bottom" }).click());
  expect(Math.abs((await top("a")) - (await top("e")))).toBeLessThan(1);
  await machine(page, "c").click({ button: "right" });
  await asOneStep(page, /^Undo: Distribute 5 machines horizontally/, () => page.getByRole("menuitem", { name: "Distribute horizontally" }).click());
});

test("copies go through the clipboard into another project, with names and addresses of their own", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await begin(page);
  await machine(page, "nas").click();
  await asOneStep(page, /^Undo: Duplicate nas/, async () => {
    await page.keyboard.press("ControlOrMeta+d");
    await expect(title(page, "nas-2")).toBeVisible();
    await expect(inspector(page).getByLabel("Tunnel IPv4")).toHaveValue("10.10.0.4");
  });
  await page.keyboard.press("ControlOrMeta+z");

  await machine(page, "nas").click();
  await machine(page, "vps").click({ modifiers: ["ControlOrMeta"] });
  await page.keyboard.press("ControlOrMeta+c");
  await expect(page.getByText("Copied 2 machines.")).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ format: "meshwright-plan" });
  expect(text).not.toMatch(/private|preshared_key"|secret/i);

  await asOneStep(page, /^Undo: Paste 2 machines/, async () => {
    await page.keyboard.press("ControlOrMeta+v");
    await expect(title(page, "2 machines")).toBeVisible();
  });
  await machine(page, "nas-2").click();
  await machine(page, "vps-2").click({ modifiers: ["Shift"] });
  await asOneStep(page, /^Undo: Delete 2 machines/, () => page.keyboard.press("ControlOrMeta+x"));
  await servers(page);
  await expect(machine(page, "e")).toBeAttached();
  await asOneStep(page, /^Undo: Paste 2 machines and 1 site/, async () => {
    const ground = (await canvas(page).boundingBox())!;
    await page.mouse.click(ground.x + ground.width / 2, ground.y + ground.height - 80, { button: "right" });
    await page.getByRole("menuitem", { name: "Paste" }).click();
  });
  await expect(place(page, "Home")).toBeAttached();
  await expect(machine(page, "nas-2")).toBeAttached();

  // What comes from elsewhere is refused, and the page says what to do.
  await page.evaluate(() => navigator.clipboard.writeText("milk, bread"));
  await machine(page, "a").focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.getByText(/The clipboard holds nothing from Meshwright/)).toBeVisible();
});

test("one change is for all that are selected", async ({ page }) => {
  await begin(page);
  await machine(page, "nas").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(title(page, "3 machines and 2 sites")).toBeVisible();
  const fact = (label: string) => inspector(page).getByLabel(label, { exact: true });
  await expect(fact("Stands")).toHaveValue("mixed");
  await expect(fact("Platform")).toHaveValue("linux");
  await asOneStep(page, /^Undo: Change the platform of 3 machines/, async () => {
    await fact("Platform").selectOption({ label: "Android, WireGuard app" });
  });
  await expect(fact("Platform")).toHaveValue("android");
  await asOneStep(page, /^Undo: Change the hours of 3 machines/, async () => {
    await fact("Hours").selectOption({ label: "Always on" });
  });
  await expectAccessible(page, "#inspector");
  await inspector(page).getByRole("button", { name: "Delete 3 machines and 2 sites" }).click();
  await expect(machine(page, "nas")).not.toBeAttached();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  const touch = (hands: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
    hands.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

  test("a finger that rests opens the menu, and taps gather several", async ({ page, context }) => {
    const hands = await context.newCDPSession(page);
    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: /Keep this example/ }).tap();
    await touch(hands, "touchStart", await middle(machine(page, "vps")));
    await expect(page.getByRole("menu")).toBeVisible();
    await touch(hands, "touchEnd");
    await page.getByRole("menuitem", { name: "Select more" }).tap();
    await machine(page, "pi").tap();
    await expect(machine(page, "pi")).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "Done" }).tap();
    await expect(title(page, "2 machines")).toBeVisible();
    await expect(page.getByRole("button", { name: "Done" })).not.toBeAttached();
    await expectAccessible(page);
  });
});
