// What is proved of the open plan: the words in the bar, the matrix by mouse
// and by keyboard, the walk of a cell, and the question before files that
// leave somebody out are handed over.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

const status = (page: Page): Locator => page.locator(".top-bar__status");
const drawer = (page: Page): Locator => page.locator("#drawer");
const grid = (page: Page): Locator => page.getByRole("grid");
const cell = (page: Page, name: string): Locator => grid(page).getByRole("gridcell", { name, exact: true });
const walk = (page: Page): Locator => drawer(page).locator(".walk");

const sites = [
  { name: "Home", lans: ["192.168.1.0/24"], router: "nat", position: [80, 360] },
  { name: "Friend's place", lans: ["192.168.178.0/24"], router: "nat", position: [608, 360] },
];
const nas = {
  name: "nas",
  form: "nas",
  place: { site: { at: "Home", lan_address: "192.168.1.10" } },
  addresses: ["10.10.0.2"],
  position: [176, 456],
};
const pi = {
  name: "pi",
  form: "board",
  place: { site: { at: "Friend's place", lan_address: "192.168.178.20" } },
  addresses: ["10.10.0.3"],
  position: [704, 456],
};
const vps = { name: "vps", form: "server", place: { internet: { ipv4: "203.0.113.1" } }, addresses: ["10.10.0.1"], position: [440, 120] };
const phone = { name: "phone", form: "phone", platform: "android", place: "roams", addresses: ["10.10.0.4"], position: [880, 120] };
const mesh = (nodes: object[]) => ({ name: "Homelab", tunnel: ["10.10.0.0/24"], sites, nodes });

/** A mixed mesh: of ten machines one is on the internet, one roams, and the others stand behind routers. */
function large(count: number): object {
  const places = Array.from({ length: 20 }, (_, at) => ({
    name: `Site ${at}`,
    lans: [`192.168.${at}.0/24`],
    router: "nat",
    position: [(at % 5) * 1200, Math.floor(at / 5) * 900],
  }));
  const nodes = Array.from({ length: count }, (_, at) => ({
    name: `node-${String(at).padStart(3, "0")}`,
    place:
      at % 10 === 0
        ? { internet: { ipv4: `203.0.${113 + (at >> 8)}.${at & 255}` } }
        : at % 10 === 9
          ? "roams"
          : { site: { at: `Site ${at % 20}` } },
    addresses: [`10.10.${at >> 7}.${1 + (at & 127)}`],
    position: [(at % 20) * 260, Math.floor(at / 20) * 180],
  }));
  return { name: "Large", tunnel: ["10.10.0.0/16"], sites: places, nodes };
}

async function begin(page: Page, plan?: object): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  if (plan) await openPlan(page, plan);
  else await page.getByRole("button", { name: /Keep this example/ }).click();
}

async function showMatrix(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /Matrix/ }).click();
  await expect(grid(page)).toBeVisible();
}

test("the bar says how much is proved, and leads to the matrix", async ({ page }) => {
  await begin(page);
  await expect(status(page)).toHaveText(/6 of 6 pairs proved$/);
  await status(page).getByRole("button").click();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole("tab", { name: /Matrix/ })).toHaveAttribute("aria-selected", "true");
  // The example shares a LAN, which nas itself stands in.
  await expect(cell(page, "pi to 192.168.1.0/24 behind nas: via vps")).toBeVisible();
  await expect(cell(page, "nas to 192.168.1.0/24 behind nas: not asked for")).toBeVisible();
  await expect(cell(page, "vps to nas: direct")).toHaveText("D");
});

test("it says who has to speak first", async ({ page }) => {
  await begin(page, mesh([vps, nas, pi, phone]));
  await expect(status(page)).toHaveText(/12 of 12 pairs proved, 3 once phone has spoken$/);
  await showMatrix(page);
  await expect(cell(page, "nas to phone: once phone has spoken")).toBeVisible();
  await expect(cell(page, "phone to nas: via vps")).toBeVisible();
});

test("a cell opens the walk, and a line of it opens the file", async ({ page }) => {
  await begin(page);
  await showMatrix(page);
  await cell(page, "nas to pi: via vps").click();
  await expect(walk(page)).toContainText("gets through");
  await expect(walk(page)).toContainText("Packets go from nas over vps to pi, and answers come back.");
  // The canvas shows the same pair.
  await expect(page.locator("#inspector").getByText("Relayed via vps")).toBeVisible();
  const hops = walk(page).getByRole("list", { name: "Hops", exact: true });
  await expect(hops.locator(".hop__name")).toHaveText(["nas", "vps", "pi"]);
  const dials = hops.getByRole("listitem").filter({ hasText: "Dials vps at 203.0.113.1:51820." }).last();
  await expect(dials).toContainText("Endpoint = 203.0.113.1:51820");
  const place = await dials.getByRole("button").textContent();
  expect(place).toMatch(/^wg0\.conf:\d+$/);
  await dials.getByRole("button").click();

  await expect(page.getByRole("tab", { name: /Files/ })).toHaveAttribute("aria-selected", "true");
  const line = drawer(page).locator(".code__line.is-marked");
  await expect(line).toContainText("Endpoint = 203.0.113.1:51820");
  await expect(line).toHaveAttribute("id", `line-${Number(place!.split(":")[1]) - 1}`);
  await expect(line).toBeFocused();
  await expect(drawer(page).locator(".file-row.is-selected")).toContainText("nas");

  // Kernel settings are a file of their own.
  await showMatrix(page);
  await walk(page).getByRole("button", { name: /of 99-wg-mesh\.conf of vps/ }).click();
  await expect(drawer(page).locator(".code__line.is-marked")).toContainText("net.ipv4.ip_forward = 1");
});

test("everything is done by keyboard alone", async ({ page }) => {
  await begin(page);
  await page.getByRole("tab", { name: /Findings/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /Matrix/ })).toBeFocused();
  await expect(grid(page)).toBeVisible();
  // One cell is in the order of focus.
  await expect(grid(page).locator('[tabindex="0"]')).toHaveCount(1);
  for (let presses = 0; presses < 4; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.locator(":focus").getAttribute("role")) === "gridcell") break;
  }
  await expect(cell(page, "nas to nas: the machine itself")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(cell(page, "nas to pi: via vps")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(cell(page, "pi to 192.168.1.0/24 behind nas: via vps")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(walk(page).getByRole("heading", { name: /^nas to pi: via vps/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(walk(page)).toHaveCount(0);
  await expect(cell(page, "nas to pi: via vps")).toBeFocused();
});

test("a pair that cannot connect is seen, explained and asked about", async ({ page }) => {
  await begin(page, mesh([nas, pi]));
  await expect(status(page)).toHaveText(/0 of 2 pairs proved$/);
  await status(page).getByRole("button").click();
  await page.getByRole("switch", { name: "Only what is broken (2)" }).click();
  await expect(grid(page).getByRole("gridcell")).toHaveCount(4);
  await cell(page, "nas to pi: broken").click();
  await expect(walk(page).locator(".walk__why")).toContainText("nas");
  await expectAccessible(page);
  // The fault names a line, and the link leads there.
  await walk(page).locator(".is-stop").getByRole("button").click();
  await expect(drawer(page).getByRole("heading", { name: "This browser has no keys for this mesh" })).toBeVisible();
  await drawer(page).getByRole("button", { name: "Make new keys" }).click();
  await expect(drawer(page).locator(".code__line.is-marked")).toContainText("[Interface]");

  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("button", { name: /All files/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("A connection does not get through");
  await expect(dialog).toContainText("nas and pi: ");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Back" }).click();
  await expect(dialog).toHaveCount(0);
  // A single file is asked about as well, and one question is enough.
  await drawer(page).getByRole("button", { name: "Download wg0.conf of nas" }).click();
  const file = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download all the same" }).click();
  expect((await file).suggestedFilename()).toBe("wg0.conf");
  await expect(dialog).toHaveCount(0);
  // To copy it takes a second word, too.
  await drawer(page).getByRole("button", { name: "Copy wg0.conf of nas" }).click();
  await expect(drawer(page).getByRole("alert")).toContainText("do not get through; the matrix says why");
  await expectAccessible(page);
  await drawer(page).getByRole("button", { name: "Copy all the same" }).click();
  await expect(drawer(page).getByRole("alert")).toHaveCount(0);
  // The inspector of the pair names what stops it, and the line.
  await page.getByRole("region", { name: /^Canvas/ }).getByRole("button", { name: /^nas to pi, / }).focus();
  await page.keyboard.press("Enter");
  const mark = page.locator("#inspector .proof-mark");
  await mark.getByRole("button", { name: /^(nas|pi)\/wg0\.conf:\d+$/ }).click();
  await expect(drawer(page).locator(".code__line.is-marked")).toBeVisible();
  // The plan itself breaks nothing.
  const plan = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+S");
  expect((await plan).suggestedFilename()).toBe("homelab.meshwright.json");
});

test("the inspector of a pair says what is proved, and leads to the way", async ({ page }) => {
  await begin(page, mesh([vps, nas, pi, phone]));
  const canvas = page.getByRole("region", { name: /^Canvas/ });
  const mark = page.locator("#inspector").getByRole("button", { name: /^proved/ });
  await canvas.getByRole("button", { name: /^nas to vps, direct/ }).focus();
  await page.keyboard.press("Enter");
  await expect(mark).toHaveText("proved both ways");
  await mark.click();
  await expect(walk(page)).toContainText("nas");
  await expectAccessible(page);
});

test("the proof keeps up with edits", async ({ page }) => {
  await begin(page, mesh([vps, nas, pi]));
  await expect(status(page)).toHaveText(/6 of 6 pairs proved$/);
  await showMatrix(page);
  await cell(page, "nas to pi: via vps").click();
  await page.locator("#inspector").getByRole("radio", { name: /^None/ }).check();
  await expect(status(page)).toHaveText(/4 of 4 pairs proved$/);
  await expect(cell(page, "nas to pi: off by choice")).toBeVisible();
  await expect(walk(page)).toContainText("off by choice");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(status(page)).toHaveText(/6 of 6 pairs proved$/);
  await expect(cell(page, "nas to pi: via vps")).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  for (const [width, height] of [[1440, 900], [390, 844]] as const) {
    test(`it is accessible, ${scheme}, ${width} px wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await begin(page, mesh([vps, { ...nas, shares: [{ prefix: "192.168.1.0/24", answers: "route" }] }, pi, phone]));
      await expect(status(page)).toContainText("12 of 12");
      await showMatrix(page);
      await expectAccessible(page);
      await cell(page, "pi to nas: via vps").click();
      await expect(walk(page)).toBeVisible();
      await expectAccessible(page);
      // Nothing but the matrix scrolls sideways.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}

test("a hundred machines have a matrix that one can move in", async ({ page }) => {
  // By the attribute, because names by role take long to find among so many.
  const found = (name: string) => page.locator(`#matrix-grid [aria-label="${name}"]`);
  await begin(page, large(100));
  await expect(status(page)).toHaveText(/of 9900 pairs proved/, { timeout: 30_000 });
  await showMatrix(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "101");
  // Of ten thousand cells only those in view are in the page.
  expect(await page.locator("#matrix-grid [role=gridcell]").count()).toBeLessThan(3000);
  await expectAccessible(page, "#drawer");
  await found("node-000 to node-001: direct").click();
  await expect(walk(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(found("node-000 to node-001: direct")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+End");
  await expect(found("node-099 to node-099: the machine itself")).toBeFocused();
  await expect(found("node-099 to node-099: the machine itself")).toBeInViewport();
  await expect(page.locator("#matrix-grid [role=rowheader]", { hasText: "node-099" })).toBeInViewport();
  await expect(page.locator("#matrix-grid [role=columnheader]", { hasText: "node-099" })).toBeInViewport();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", /^node-099 to node-098: /);
});

test("more than a hundred machines are one picture with a lens", async ({ page }) => {
  const lens = page.locator(".lens__words");
  const held = page.locator("#matrix-grid [role=gridcell][tabindex='0']");
  await begin(page, large(120));
  await expect(status(page)).toHaveText(/of 14280 pairs proved/, { timeout: 60_000 });
  await showMatrix(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "121");
  await expect(grid(page)).toHaveAttribute("aria-colcount", "121");
  // One cell is an element, and it stands under its names.
  await expect(held).toHaveCount(1);
  await expect(held).toHaveAttribute("aria-label", "node-000 to node-000: the machine itself");
  await expectAccessible(page, "#drawer");

  // What is pointed at is found by its place, and the lens says what it is.
  const corner = (await page.locator(".mosaic__drawing").boundingBox())!;
  const middle = (row: number, col: number) => ({ x: corner.x + col * 8 + 4, y: corner.y + row * 8 + 4 });
  await page.mouse.move(middle(0, 1).x, middle(0, 1).y);
  await expect(lens).toHaveText("node-000 to node-001: direct");
  await expect(page.locator(".lens__cells .is-here")).toHaveText("D");
  await page.mouse.move(middle(5, 7).x, middle(5, 7).y);
  await expect(lens).toHaveText(/^node-005 to node-007: via node-/);
  await page.mouse.click(middle(0, 1).x, middle(0, 1).y);
  await expect(walk(page).getByRole("heading", { name: /^node-000 to node-001: direct/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(walk(page)).toHaveCount(0);
  await expect(held).toBeFocused();
  await expect(held).toHaveAttribute("aria-label", "node-000 to node-001: direct");

  // Names stand along both edges, and those of what is pointed at among them.
  const here = page.locator(".scale__here > text");
  await page.mouse.move(middle(10, 21).x, middle(10, 21).y);
  await expect(here).toHaveText(["node-021", "node-010"]);
  await page.locator(".mosaic").evaluate((scroller) => scroller.scrollTo(300, 400));
  const edges = await page.locator(".mosaic").evaluate((scroller) => {
    const from = scroller.getBoundingClientRect();
    const [cols, rows] = [".scale--cols", ".scale--rows"].map((edge) => scroller.querySelector(edge)!.getBoundingClientRect());
    return [Math.round(cols!.top - from.top), Math.round(rows!.left - from.left)];
  });
  expect(edges, "the names stay in view").toEqual([0, 0]);
  await page.locator(".mosaic").evaluate((scroller) => scroller.scrollTo(0, 0));

  // Keys move the one cell, as many as come, and each is a new element with the focus.
  const began = await held.getAttribute("id");
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press("ArrowDown");
  await expect(held).toHaveAttribute("aria-label", /^node-005 to node-001: /);
  await expect(held).toBeFocused();
  expect(await held.getAttribute("id")).not.toBe(began);
  await expect(lens).toHaveText(/^node-005 to node-001: /);
  await page.keyboard.press("ControlOrMeta+End");
  await expect(held).toHaveAttribute("aria-label", "node-119 to node-119: the machine itself");
  await expect(held).toBeFocused();
  await expect(held).toBeInViewport();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(walk(page).getByRole("heading", { name: /^node-119 to node-118: / })).toBeFocused();
});
