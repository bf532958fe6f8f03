// An engineer lays out a hundred machines at twenty sites, by what a person does.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const grid = (page: Page, name: string): Locator => page.getByRole("grid", { name });
const row = (page: Page, of: string, name: string): Locator =>
  grid(page, of).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const undo = (page: Page, what: string): Locator => page.getByRole("button", { name: new RegExp(`^Undo: ${what}`) });
const fact = (page: Page, label: string): Locator => inspector(page).getByLabel(label, { exact: true });

async function beginEmpty(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Start empty/ }).click();
  await page.keyboard.press("Escape");
}

/** Adds machines as lines in the dialog. */
async function addLines(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Shift+N");
  const dialog = page.getByRole("dialog", { name: "Add several machines" });
  await dialog.getByLabel("One machine a line").fill(text);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(dialog).not.toBeAttached();
}

test("a hundred machines at twenty sites take a dozen actions, and nothing collides", async ({ page }) => {
  test.setTimeout(180_000);
  await beginEmpty(page);
  await page.keyboard.press("t");
  await addLines(
    page,
    "relay[1-2], internet, 203.0.113.1\nberlin-gw, Berlin, 192.168.1.1, 192.168.1.0/24, #gateways\nberlin-pc[1-4], Berlin, 192.168.1.21",
  );
  await expect(undo(page, "Add 7 machines and 1 site")).toBeAttached();
  await expect(row(page, "Machines", "relay2").locator(".col-there")).toHaveText("203.0.113.2");
  await expect(row(page, "Machines", "berlin-pc4").locator(".col-there")).toHaveText("192.168.1.24");

  // Nineteen more sites like this one.
  await row(page, "Sites", "Berlin").locator(".col-count").click();
  await page.getByRole("textbox", { name: "How many copies" }).fill("0");
  await expect(inspector(page).getByText("A number from 1 to 100.")).toBeVisible();
  await page.getByRole("textbox", { name: "How many copies" }).fill("19");
  await page.getByRole("textbox", { name: "How many copies" }).press("Enter");
  await expect(undo(page, "Duplicate 95 machines and 19 sites")).toBeAttached();
  await expect(grid(page, "Machines")).toHaveAttribute("aria-rowcount", "103");
  await expect(row(page, "Sites", "Berlin 7").locator(".col-lans")).toHaveText("192.168.7.0/24");
  // In the order in which people count.
  const names = grid(page, "Sites").getByRole("rowheader");
  await expect(names.nth(1)).toHaveText("Berlin 2");
  await page.getByRole("searchbox", { name: "Filter" }).fill("berlin-7-");
  await expect(grid(page, "Machines").getByRole("rowheader")).toHaveText(["berlin-7-gw", "berlin-7-pc1", "berlin-7-pc2", "berlin-7-pc3", "berlin-7-pc4"]);
  await expect(row(page, "Machines", "berlin-7-pc1").locator(".col-there")).toHaveText("192.168.7.21");

  // All that show are chosen at once, named anew and put into a group of their own.
  await page.getByRole("searchbox", { name: "Filter" }).fill("-pc");
  await grid(page, "Machines").getByRole("checkbox", { name: "Select all that show" }).click();
  await page.getByRole("button", { name: "Change" }).click();
  await expect(inspector(page).getByRole("heading", { name: "80 machines" })).toBeVisible();
  await fact(page, "Put into group").fill("staff");
  await fact(page, "Put into group").press("Enter");
  await expect(undo(page, "Change the groups of 80 machines")).toBeAttached();
  await fact(page, "Silent machines").selectOption("Only after it has spoken");
  await expect(undo(page, "Change reachability of 80 machines")).toBeAttached();
  await fact(page, "Listen port").fill("70000");
  await expect(fact(page, "Listen port")).toHaveAttribute("aria-invalid", "true");
  await expect(fact(page, "Listen port")).toHaveValue("70000");
  await fact(page, "Listen port").fill("51900");
  await expect(undo(page, "Change the listen port of 80 machines")).toBeAttached();
  await fact(page, "Among them").selectOption("Relayed by relay2");
  await expect(undo(page, "Change the paths of 3160 pairs")).toBeAttached();
  await fact(page, "With all others").selectOption("Not at all");
  await expect(undo(page, "Change the paths of 1760 pairs")).toBeAttached();

  // All sites change as one.
  await page.getByRole("searchbox", { name: "Filter" }).fill("");
  await grid(page, "Sites").getByRole("checkbox", { name: "Select all that show" }).click();
  await fact(page, "IPv6").selectOption("Yes, filtered by the router");
  await expect(undo(page, "Change IPv6 of 20 sites")).toBeAttached();
  await expect(row(page, "Sites", "Berlin 20").locator(".col-ipv6")).toHaveText("yes, filtered");
});

test("bulk changes show what is mixed, take a new group and new names, and keep what cannot be read", async ({ page }) => {
  await beginEmpty(page);
  await page.keyboard.press("t");
  await addLines(page, "gw, Home, 192.168.1.1, 192.168.1.0/24\na, Home, #old\nb, roams, android\nc, internet, 203.0.113.9");
  await page.getByRole("checkbox", { name: "Select a", exact: true }).click();
  await page.getByRole("button", { name: "Select none" }).click();
  await page.getByRole("checkbox", { name: "Select a", exact: true }).click();
  await page.getByRole("checkbox", { name: "Select c", exact: true }).click({ modifiers: ["Shift"] });
  await expect(inspector(page).getByRole("heading", { name: "3 machines" })).toBeVisible();
  await expect(fact(page, "Platform")).toHaveValue("mixed");
  await expect(fact(page, "Stands")).toHaveValue("mixed");

  const groups = inspector(page).getByRole("group", { name: "Groups of all machines" });
  await expect(groups.getByRole("button", { name: /^old/ })).toHaveAttribute("aria-pressed", "mixed");
  await fact(page, "Put into group").fill("x".repeat(70));
  await fact(page, "Put into group").press("Enter");
  await expect(fact(page, "Put into group")).toHaveAttribute("aria-invalid", "true");
  await expect(fact(page, "Put into group")).toHaveValue("x".repeat(70));
  await fact(page, "Put into group").fill("new");
  await fact(page, "Put into group").press("Enter");
  await expect(groups.getByRole("button", { name: /^new/ })).toHaveAttribute("aria-pressed", "true");
  await expect(groups.getByRole("button", { name: /^old/ })).toHaveAttribute("aria-pressed", "mixed");

  // What they leave out.
  const left = inspector(page).getByRole("group", { name: "Shared LANs that all machines leave out" });
  await left.getByRole("button", { name: /192\.168\.1\.0\/24/ }).click();
  await expect(undo(page, "Change the LANs left out of 3 machines")).toBeAttached();
  await expect(left.getByRole("button", { name: /192\.168\.1\.0\/24/ })).toHaveAttribute("aria-pressed", "true");

  await fact(page, "New names").fill("Web #");
  await fact(page, "New names").press("Enter");
  await expect(fact(page, "New names")).toHaveAttribute("aria-invalid", "true");
  await expect(fact(page, "New names")).toHaveValue("Web #");
  await fact(page, "New names").fill("web-##");
  await fact(page, "New names").press("Enter");
  await expect(undo(page, "Change the name of 3 machines")).toBeAttached();
  await expect(grid(page, "Machines").getByRole("rowheader")).toHaveText(["gw", "web-01", "web-02", "web-03"]);
  await expectAccessible(page, "#inspector");
});

test("the dialog says which line is wrong and keeps all of them, and a site adds its own", async ({ page }) => {
  await beginEmpty(page);
  await page.keyboard.press("Shift+N");
  const dialog = page.getByRole("dialog", { name: "Add several machines" });
  const lines = dialog.getByLabel("One machine a line");
  await lines.fill("nas, Home\nnas, Home\nmy pc");
  await expect(dialog.getByText("Line 2: Another machine is called nas.")).toBeVisible();
  await expect(dialog.getByText(/^Line 3: A name has no spaces/)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(lines).toHaveValue("nas, Home\nnas, Home\nmy pc");
  await expectAccessible(page, "#add-several");
  await lines.fill("nas, Home\npc");
  await dialog.getByRole("button", { name: "Add 2 machines and 1 site" }).click();
  await expect(inspector(page).getByRole("heading", { name: "1 machine and 1 site" })).toBeVisible();
  await inspector(page).getByRole("button", { name: "Home", exact: true }).click();
  await inspector(page).getByRole("button", { name: "Add several" }).click();
  await expect(dialog.getByLabel("Stand")).toHaveValue("Home");
  await lines.fill("tv[1-3]");
  await dialog.getByRole("button", { name: "Add 3 machines" }).click();
  await inspector(page).getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("t");
  await row(page, "Sites", "Home").locator(".col-count").click();
  await inspector(page).getByRole("button", { name: "Select all" }).click();
  await expect(inspector(page).getByRole("heading", { name: "4 machines" })).toBeVisible();
  await fact(page, "Stands").selectOption("Roams");
  await expect(row(page, "Sites", "Home").locator(".col-count")).toHaveText("0");
});

test("findings of one kind are fixed together, and no two machines get one address", async ({ page }) => {
  await beginEmpty(page);
  await page.keyboard.press("t");
  await addLines(page, "relay, internet, 203.0.113.1\ngw, Home, 192.168.1.1, 192.168.1.0/24\npc[1-4], Home");
  await page.keyboard.press("1");
  const all = page.getByRole("button", { name: /^Fix all \d+ of this kind/ }).first();
  await all.click();
  await expect(undo(page, "Fix \\d+ findings")).toBeAttached();
  const addresses = await grid(page, "Machines").locator("td.col-there").allTextContents();
  expect(new Set(addresses).size).toBe(addresses.length);
});
