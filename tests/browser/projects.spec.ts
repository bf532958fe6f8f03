// Several projects in one browser: none replaces another, and what was
// deleted comes back.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

/** The stored projects, by their names. */
const stored = (page: Page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith("meshwright.plan."))
      .map(([, text]) => JSON.parse(text).name as string)
      .sort(),
  );

/** Opens the list of projects by the menu. */
async function openList(page: Page): Promise<void> {
  await page.locator(".top-bar__project").click();
  await page.locator("#menu-project").getByText("All projects…").click();
  await expect(page.getByRole("dialog", { name: "Projects in this browser" })).toBeVisible();
}

const plan = (name: string, id: string) => ({
  name,
  id,
  tunnel: ["10.10.0.0/24"],
  nodes: [{ name: "vps", place: { internet: { ipv4: "203.0.113.10" } }, addresses: ["10.10.0.1"] }],
});

test("a file becomes a further project, and both can be opened again", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  const [first] = await stored(page);
  await openPlan(page, plan("Office", "aaaaaaaaaaaaaaaa"));
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Office");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await stored(page)).toEqual([first!, "Office"].sort());

  // A reload stays with the project that the address names.
  expect(new URL(page.url()).hash).toBe("#aaaaaaaaaaaaaaaa");
  await page.reload();
  await untilReady(page);
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Office");

  await openList(page);
  await expect(page.getByText("1 machine, open now")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: first!, exact: true }).click();
  await expect(page.getByLabel("Name of the mesh")).toHaveValue(first!);
  await expect(page.locator(".node")).toHaveCount(3);
});

test("a project is duplicated, deleted, and comes back", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, plan("Office", "aaaaaaaaaaaaaaaa"));
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Office");
  await openList(page);
  await page.getByRole("button", { name: "Duplicate Office" }).click();
  await expect.poll(() => stored(page)).toEqual(["Office", "Office copy"]);
  await page.getByRole("button", { name: "Delete Office copy" }).click();
  await expect(page.getByText(/^Deleted Office copy\. Its keys are still sealed/)).toBeVisible();
  expect(await stored(page)).toEqual(["Office"]);
  await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
  expect(await stored(page)).toEqual(["Office", "Office copy"]);
});

/** Three projects, as earlier visits have left them; Office was changed last and Home is open. */
async function comeBack(page: Page): Promise<void> {
  await page.goto("./");
  await page.evaluate(
    (projects) => {
      for (const [id, text, changed] of projects) {
        localStorage.setItem(`meshwright.plan.${id}`, text!);
        if (changed) localStorage.setItem(`meshwright.changed.${id}`, changed);
      }
      localStorage.setItem("meshwright.open", "bbbbbbbbbbbbbbbb");
    },
    [
      ["aaaaaaaaaaaaaaaa", "Office", "2026-03-02T10:00:00.000Z"],
      ["bbbbbbbbbbbbbbbb", "Home", "2026-03-01T10:00:00.000Z"],
      ["cccccccccccccccc", "Workshop", ""],
    ].map(([id, name, changed]) => [id!, JSON.stringify({ format: "meshwright-plan", version: 1, ...plan(name!, id!) }), changed!]),
  );
  await page.reload();
  await untilReady(page);
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Home");
}

const sheet = (page: Page) => page.getByRole("dialog", { name: "Projects in this browser" });

test("who comes back is in the last project at once, and in another one after two keys", async ({ page }) => {
  await comeBack(page);
  await expect(page.locator(".start")).toHaveCount(0);
  await page.locator(".canvas__drawing").focus();
  await page.keyboard.press("Shift+P");
  const rows = sheet(page).getByRole("listitem");
  await expect(rows).toHaveText([/^Office/, /^Home/, /^Workshop/]);
  await expect(rows.filter({ hasText: "open now" })).toHaveText(/^Home/);
  await expect(page.locator("[aria-current=true]")).toHaveText(/^Home/);
  // The newest of the others has the focus, and the arrows go on from there.
  await expect(sheet(page).getByRole("button", { name: "Office", exact: true })).toBeFocused();
  await expectAccessible(page, ".dialog--projects");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(sheet(page).getByRole("button", { name: "Workshop", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Workshop");
  // The open one leads back to itself, with all that can be undone.
  await page.locator(".canvas__drawing").focus();
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await expect(page.locator(".node")).toHaveCount(2);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("start page");
  await page.keyboard.press("Enter");
  await sheet(page).getByRole("button", { name: "Workshop", exact: true }).click();
  await expect(sheet(page)).toHaveCount(0);
  await page.locator(".canvas__drawing").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator(".node")).toHaveCount(1);
});

test("the sheet of projects has the doors of the first visit", async ({ page }) => {
  await comeBack(page);
  await openList(page);
  await sheet(page).getByRole("button", { name: /^Open the example/ }).click();
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Example");
  await expect(page.locator(".node")).toHaveCount(3);
  await expect.poll(() => stored(page)).toEqual(["Example", "Home", "Office", "Workshop"]);
  await openList(page);
  await sheet(page).getByRole("button", { name: /^Start empty/ }).click();
  await expect(page.locator(".node")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "First steps" })).toBeVisible();
  await expect(sheet(page)).toHaveCount(0);
});

test("the open project is deleted as well: the start page is there, and the way back", async ({ page }) => {
  await comeBack(page);
  await openList(page);
  await sheet(page).getByRole("button", { name: "Delete Home" }).click();
  await expect(sheet(page).getByRole("status")).toContainText("Deleted Home.");
  await expect(sheet(page).getByRole("button", { name: "Undo" })).toBeFocused();
  await expect.poll(() => stored(page)).toEqual(["Office", "Workshop"]);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Home");
  await expect.poll(() => stored(page)).toEqual(["Home", "Office", "Workshop"]);

  // Without the way back the example stands behind, and the others beside it.
  await openList(page);
  await sheet(page).getByRole("button", { name: "Delete Home" }).click();
  await page.keyboard.press("Escape");
  const start = page.locator(".start");
  await expect(start.getByRole("button", { name: /^Keep this example/ })).toBeVisible();
  await expect(start.getByRole("listitem")).toHaveText([/^Office/, /^Workshop/]);
  await expectAccessible(page, ".start");
  await start.getByRole("button", { name: "Workshop", exact: true }).click();
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Workshop");
  await expect(start).toHaveCount(0);

  // After the last one there are the doors alone; an edit of the example keeps it.
  await openList(page);
  await sheet(page).getByRole("button", { name: "Delete Office" }).click();
  await sheet(page).getByRole("button", { name: "Delete Workshop" }).click();
  await page.keyboard.press("Escape");
  await expect(start.getByRole("button", { name: /^Start empty/ })).toBeVisible();
  await expect(start.getByRole("listitem")).toHaveCount(0);
  expect(await stored(page)).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("each row is one line of targets for fingers", async ({ page }) => {
    await comeBack(page);
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.locator("#menu-more").getByText("All projects…").click();
    await expect(sheet(page)).toBeVisible();
    for (const button of await sheet(page).locator(".projects__row .icon-button, .door").all()) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
    // Also beside its name, a row opens its project.
    const row = (await sheet(page).getByRole("listitem").filter({ hasText: "Office" }).boundingBox())!;
    await page.touchscreen.tap(row.x + 150, row.y + row.height - 6);
    await expect(page.getByLabel("Name of the mesh")).toHaveValue("Office");
  });
});

test("the plan of a version that kept only one is taken over as it is", async ({ page }) => {
  const old = JSON.stringify({ format: "meshwright-plan", version: 1, ...plan("From before", "bbbbbbbbbbbbbbbb") });
  await page.goto("./");
  await page.evaluate((text) => localStorage.setItem("meshwright.plan", text), old);
  await page.reload();
  await untilReady(page);
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("From before");
  const [moved, left] = await page.evaluate(() => [
    localStorage.getItem("meshwright.plan.bbbbbbbbbbbbbbbb"),
    localStorage.getItem("meshwright.plan"),
  ]);
  expect(moved).toBe(old);
  expect(left).toBeNull();
});

test("the first steps tick themselves and can be closed for good", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Start empty" }).click();
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps.getByRole("listitem")).toHaveCount(4);
  await expect(steps.locator(".is-done")).toHaveCount(0);
  await expectAccessible(page);
  await steps.getByRole("button", { name: "Close the first steps" }).click();
  await expect(steps).toHaveCount(0);
  await page.reload();
  await untilReady(page);
  await expect(steps).toHaveCount(0);
});

test("a project is renamed where it stands, and gets its old name back", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, plan("Office", "aaaaaaaaaaaaaaaa"));
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Office");
  await openPlan(page, plan("Home", "bbbbbbbbbbbbbbbb"));
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Home");
  await expect.poll(() => stored(page)).toEqual(["Home", "Office"]);
  await openList(page);
  const list = page.getByRole("dialog", { name: "Projects in this browser" });
  const rename = list.getByRole("button", { name: "Rename Office" });
  const field = list.getByRole("textbox", { name: "New name of Office" });

  // Escape leaves the name and the list as they are.
  await rename.click();
  await expect(field).toBeFocused();
  await page.keyboard.type("Something");
  await page.keyboard.press("Escape");
  await expect(list).toBeVisible();
  await expect(rename).toBeFocused();
  expect(await stored(page)).toEqual(["Home", "Office"]);

  // A name that cannot be is said, and the field stays.
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await field.fill(" ");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("alert")).not.toBeEmpty();
  await expectAccessible(page, ".dialog--projects");
  await field.fill("Workshop");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "Rename Workshop" })).toBeFocused();
  expect(await stored(page)).toEqual(["Home", "Workshop"]);
  await expect(list.getByRole("status")).toContainText("Renamed Office to Workshop.");
  await list.getByRole("button", { name: "Undo" }).click();
  expect(await stored(page)).toEqual(["Home", "Office"]);

  // The open one is renamed by an edit like any other.
  await list.getByRole("button", { name: "Rename Home" }).click();
  await list.getByRole("textbox", { name: "New name of Home" }).fill("House");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "Rename House" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("House");
  await page.locator(".canvas__drawing").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByLabel("Name of the mesh")).toHaveValue("Home");
});

test("one of the first steps is skipped, and the others wait as they did", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /^Start empty/ }).click();
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps.getByRole("button", { name: /^Skip this step/ })).toHaveCount(4);
  await steps.getByRole("button", { name: "Skip this step: Draw one behind a router" }).click();
  await expect(steps).toBeFocused();
  const step = steps.getByRole("listitem").filter({ hasText: "Draw one behind a router" });
  await expect(step).toContainText("Skipped:");
  await expect(steps.getByRole("button", { name: /^Skip this step/ })).toHaveCount(3);
  await expectAccessible(page, "#first-steps");
  for (let left = 3; left > 0; left -= 1) await steps.getByRole("button", { name: /^Skip this step/ }).first().click();
  await expect(page.getByRole("region", { name: "Your first mesh stands" })).toBeVisible();
});
