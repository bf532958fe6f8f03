// Storage that refuses, is full or holds something damaged: it is said, and
// there is a way on.
import { expect, expectAccessible, test, untilReady } from "./support";

for (const [name, error, says] of [
  ["denied", "SecurityError", /does not let the page store anything/],
  ["full", "QuotaExceededError", /storage for this page is full/],
] as const) {
  test(`storage that is ${name} is said, with the project file as the way out`, async ({ page }) => {
    await page.addInitScript((error) => {
      Storage.prototype.setItem = () => {
        throw new DOMException("no", error);
      };
    }, error);
    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: "Keep this example" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(says);
    await expectAccessible(page, ".safety");
    const download = page.waitForEvent("download");
    await alert.getByRole("button", { name: "Download the project file" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.json$/);
  });
}

test("a damaged project is shown as such and stays, and the others are untouched", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  await page.evaluate(() => localStorage.setItem("meshwright.plan.cccccccccccccccc", '{"format":"meshwr'));
  await page.locator(".top-bar__project").click();
  await page.locator("#menu-project").getByText("All projects…").click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the text of A project that cannot be read" }).click();
  await download;

  // Opened by its address, it is not written over by an edit either.
  await page.goto("about:blank");
  await page.goto("./#cccccccccccccccc");
  await untilReady(page);
  await expect(page.getByRole("dialog")).toContainText("cannot be read");
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
  await page.getByRole("button", { name: "Keep this example" }).click();
  await page.getByLabel("Name of the mesh").fill("New");
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  const entries = await page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => key.startsWith("meshwright.plan.")),
  );
  expect(entries).toHaveLength(3);
  expect(Object.fromEntries(entries)["meshwright.plan.cccccccccccccccc"]).toBe('{"format":"meshwr');
});

test("what was typed a moment before the page dies is there", async ({ page, context }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await page.getByLabel("Name of the mesh").fill("");
  await page.getByLabel("Name of the mesh").pressSequentially("Typed");
  await page.waitForTimeout(300);
  const url = page.url();
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto(url);
  await untilReady(next);
  await expect(next.getByLabel("Name of the mesh")).toHaveValue("Typed");
});

test("a reload in the middle of a drag leaves the plan as it was before", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  const stored = () =>
    page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("meshwright.plan.")));
  const before = await stored();
  const card = (await page.locator(".node").first().boundingBox())!;
  await page.mouse.move(card.x + card.width / 2, card.y + card.height / 2);
  await page.mouse.down();
  await page.mouse.move(card.x + card.width / 2 + 60, card.y + card.height / 2 + 40, { steps: 5 });
  await page.reload();
  await untilReady(page);
  expect(await stored()).toEqual(before);
  await page.mouse.up();
});
