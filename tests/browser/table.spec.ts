// The plan as tables: everything that the canvas does, with rows and cells.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

const machines = (page: Page): Locator => page.getByRole("grid", { name: "Machines" });
const pairs = (page: Page): Locator => page.getByRole("grid", { name: "Pairs" });
const sites = (page: Page): Locator => page.getByRole("grid", { name: "Sites" });
const row = (grid: Locator, name: string): Locator =>
  grid.getByRole("row").filter({ has: grid.page().getByRole("rowheader", { name, exact: true }) });
const cell = (line: Locator, column: string): Locator => line.locator(`.col-${column}`);

async function openTable(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep/ }).click();
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(machines(page)).toBeVisible();
}

test("the example stands in tables, and the page remembers that one works there", async ({ page }) => {
  await openTable(page);
  await expect(machines(page)).toHaveAttribute("aria-rowcount", "4");
  await expect(row(pairs(page), "nas and pi")).toContainText("relayed");
  await expect(row(pairs(page), "nas and pi")).toContainText("vps");
  await expect(cell(row(pairs(page), "nas and pi"), "proof")).toHaveText("both ways");
  await expect(row(sites(page), "Home")).toContainText("192.168.1.0/24");
  await page.reload();
  await expect(machines(page)).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByRole("region", { name: /^Canvas/ })).toBeVisible();
});

test("a cell is edited in place: a bad address stays with what to do, Escape gives up", async ({ page }) => {
  await openTable(page);
  const address = cell(row(machines(page), "nas"), "address");
  await address.click();
  const field = page.getByRole("textbox", { name: "Tunnel address of nas" });
  await expect(field).toBeFocused();
  await field.fill("10.10.0.1");
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(machines(page).locator(".cell-edit__error")).toContainText("vps");
  await field.fill("10.10.0.77");
  await field.press("Enter");
  await expect(address).toHaveText("10.10.0.77");
  await expect(address).toBeFocused();
  await address.press("F2");
  await field.fill("10.10.0.78");
  await field.press("Escape");
  await expect(address).toHaveText("10.10.0.77");
});

test("the three machines of the article are made in the table with the keyboard alone", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: /Start empty/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Table", exact: true }).focus();
  await page.keyboard.press("Enter");
  const type = async (text: string, key = "Tab"): Promise<void> => {
    await page.keyboard.type(text);
    await page.keyboard.press(key);
  };
  const press = async (name: string): Promise<void> => {
    await page.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  for (const [name, lan] of [["Home", "192.168.1.0/24"], ["Friend", "192.168.178.0/24"]] as const) {
    await press("Add site");
    await expect(sites(page).locator(".is-selected .col-name")).toBeFocused();
    await page.keyboard.press("Enter");
    await type(name);
    await type(lan, "Enter");
    await expect(row(sites(page), name)).toContainText(lan);
  }
  for (const [name, place, address] of [
    ["vps", "on the internet", "203.0.113.1"],
    ["nas", "Home", "192.168.1.10"],
    ["pi", "Friend", "192.168.178.20"],
  ] as const) {
    await press("Add machine");
    await expect(machines(page).locator(".is-selected .col-name")).toBeFocused();
    await page.keyboard.press("Enter");
    await type(name);
    await expect(page.getByRole("combobox", { name: `Stands of ${name}` })).toBeFocused();
    await type(place);
    await expect(page.getByRole("textbox", { name: `Tunnel address of ${name}` })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("textbox", { name: `Address there of ${name}` })).toBeFocused();
    await type(address, "Enter");
    await expect(cell(row(machines(page), name), "there")).toHaveText(address);
    await expect(cell(row(machines(page), name), "place")).toHaveText(place);
  }
  await expect(row(pairs(page), "nas and pi")).toContainText("relayed");
  await expect(row(pairs(page), "nas and vps")).toContainText("direct");
  await expect(row(pairs(page), "pi and vps")).toContainText("direct");
});

test("rows are sorted and filtered, and pairs by what they are", async ({ page }) => {
  await openTable(page);
  const names = machines(page).getByRole("rowheader");
  await expect(names).toHaveText(["nas", "pi", "vps"]);
  const head = machines(page).getByRole("columnheader", { name: "Name" });
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(names).toHaveText(["vps", "pi", "nas"]);
  await page.getByRole("searchbox", { name: "Filter" }).fill("home");
  await expect(names).toHaveText(["nas"]);
  await expect(pairs(page)).toHaveAttribute("aria-rowcount", "3");
  await page.getByRole("searchbox", { name: "Filter" }).fill("");
  await page.getByRole("group", { name: "Pairs that show" }).getByRole("button", { name: /relayed/ }).click();
  await expect(pairs(page).getByRole("rowheader")).toHaveText([/nas.*pi/]);
});

test("a pair is chosen in its row, and the inspector shows it", async ({ page }) => {
  await openTable(page);
  await cell(row(pairs(page), "nas and vps"), "why").click();
  await expect(row(pairs(page), "nas and vps")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("#inspector")).toContainText("As planned");
  await cell(row(pairs(page), "nas and vps"), "choice").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Choice of nas and vps" }).selectOption("never");
  await page.keyboard.press("Enter");
  await expect(cell(row(pairs(page), "nas and vps"), "verdict")).toHaveText("off by choice");
  await page.keyboard.press("Control+z");
  await expect(cell(row(pairs(page), "nas and vps"), "verdict")).toHaveText("direct");
});

test("several machines are changed in the inspector, which the bar above the rows leads to, and deleted as one step", async ({ page }) => {
  await openTable(page);
  await page.getByRole("checkbox", { name: "Select nas" }).click();
  await page.getByRole("checkbox", { name: "Select vps" }).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("region", { name: "Selected", exact: true });
  await expect(bar).toContainText("3 machines selected");
  await bar.getByRole("button", { name: "Change" }).click();
  const inspector = page.locator("#inspector");
  await expect(inspector.getByLabel("Platform", { exact: true })).toBeFocused();
  await inspector.getByLabel("Relay", { exact: true }).selectOption("Never relays");
  await expect(page.getByRole("button", { name: /^Undo: Change relaying of 3 machines/ })).toBeAttached();
  await expect(cell(row(machines(page), "vps"), "relay")).toHaveText("no");
  await bar.getByRole("button", { name: "Delete 3 machines" }).click();
  await expect(page.getByText("No machine yet")).toBeVisible();
  await page.locator("body").press("Control+z");
  await expect(machines(page)).toHaveAttribute("aria-rowcount", "4");
});

test("typing on a cell begins to edit it, and the arrows go on up and down the column", async ({ page }) => {
  await openTable(page);
  await cell(row(machines(page), "nas"), "port").focus();
  // The first sign comes before the field is there.
  await page.keyboard.type("5001");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("textbox", { name: "Listen port of pi" })).toBeFocused();
  await page.keyboard.type("70000");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("textbox", { name: "Listen port of pi" })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("textbox", { name: "Listen port of pi" })).toHaveValue("70000");
  await page.getByRole("textbox", { name: "Listen port of pi" }).fill("5002");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("textbox", { name: "Listen port of nas" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(cell(row(machines(page), "nas"), "port")).toHaveText("5001");
  await expect(cell(row(machines(page), "pi"), "port")).toHaveText("5002");
});

test("a column of a spreadsheet is pasted down a column, as one step or not at all", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page);
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("ControlOrMeta+v");
  };
  await cell(row(machines(page), "nas"), "name").focus();
  await paste("box\nberry\n");
  await expect(page.getByRole("button", { name: /^Undo: Change the name of 2 machines/ })).toBeAttached();
  await expect(machines(page).getByRole("rowheader")).toHaveText(["berry", "box", "vps"]);
  await cell(row(machines(page), "berry"), "port").focus();
  await paste("1001\nnone\n1003");
  await expect(page.getByText(/^box: /)).toBeVisible();
  await expect(cell(row(machines(page), "berry"), "port")).toHaveText("51820");
  await paste("1\n2\n3\n4");
  await expect(page.getByText(/more lines than rows/)).toBeVisible();
});

test("rows of a spreadsheet are pasted as machines, with the sites that they name", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page);
  await page.getByRole("region", { name: "Table", exact: true }).focus();
  await page.evaluate(() => navigator.clipboard.writeText("Name\tSite\tAddress\nGW-1\tBerlin\t192.168.7.1\npc-1\tBerlin\t192.168.7.20\ntv\tHome\t192.168.1.44\n"));
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.getByRole("button", { name: /^Undo: Add 3 machines and 1 site/ })).toBeAttached();
  await expect(cell(row(machines(page), "gw-1"), "place")).toHaveText("Berlin");
  await expect(cell(row(machines(page), "tv"), "there")).toHaveText("192.168.1.44");
});

test("300 machines: a row is a key away, and only what is in view is in the page", async ({ page }) => {
  await openTable(page);
  const nodes = Array.from({ length: 300 }, (_, number) => ({
    name: `m${String(number).padStart(3, "0")}`,
    form: "server",
    place: { internet: { ipv4: `203.1.${number >> 8}.${number & 255}` } },
    addresses: [`10.10.${1 + (number >> 8)}.${number & 255}`],
    position: [(number % 20) * 260, Math.floor(number / 20) * 180],
  }));
  await openPlan(page, { name: "Large", tunnel: ["10.10.0.0/16"], sites: [], nodes });
  await expect(machines(page)).toHaveAttribute("aria-rowcount", "301", { timeout: 60_000 });
  await expect(pairs(page)).toHaveAttribute("aria-rowcount", "44851");
  await row(machines(page), "m000").getByRole("rowheader").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+End");
  await expect(row(machines(page), "m299")).toBeInViewport();
  await expect(row(machines(page), "m299")).toHaveAttribute("aria-rowindex", "301");
  expect(await page.locator(".grid .grid-row").count()).toBeLessThan(160);
  await page.getByRole("searchbox", { name: "Filter" }).fill("m298 m299");
  await expect(pairs(page)).toHaveAttribute("aria-rowcount", "2");
});

for (const scheme of ["light", "dark"] as const) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    test(`the tables are accessible, ${scheme}, ${viewport.width} pixels wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      await page.goto("./");
      await page.getByRole("button", { name: /Keep/ }).click();
      await page.keyboard.press("t");
      await expect(machines(page)).toBeVisible();
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(viewport.width);
    });
  }
}
