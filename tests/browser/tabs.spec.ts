// Two tabs with one project: only one changes it, and nothing is written over.
import type { BrowserContext, Page } from "@playwright/test";
import { expect, expectAccessible, test, untilReady } from "./support";

/** Opens the page, and has the example stored. */
async function keepExample(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
}

/** Opens the same project in another tab. */
async function second(page: Page, context: BrowserContext): Promise<Page> {
  const other = await context.newPage();
  await other.goto(page.url());
  await untilReady(other);
  return other;
}

test("the second tab is told, only reads, and takes over with everything that was done", async ({ page, context }) => {
  await keepExample(page);
  const other = await second(page, context);
  const banner = other.getByRole("alert");
  await expect(banner).toContainText("This project is open in another tab.");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expectAccessible(other, ".safety");

  await page.getByLabel("Name of the mesh").fill("Changed in the first");
  await other.getByLabel("Name of the mesh").fill("Changed in the second");
  const names = () =>
    page.evaluate(() =>
      Object.entries(localStorage)
        .filter(([key]) => key.startsWith("meshwright.plan."))
        .map(([, text]) => JSON.parse(text).name as string),
    );
  await expect.poll(names).toEqual(["Changed in the first"]);

  await other.getByRole("button", { name: "Take over here" }).click();
  await expect(other.getByLabel("Name of the mesh")).toHaveValue("Changed in the first");
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("alert")).toContainText("This project is open in another tab.");
  await other.getByLabel("Name of the mesh").fill("Changed after that");
  await expect.poll(names).toEqual(["Changed after that"]);

  // The first goes on with a copy, and both live on.
  await page.getByRole("button", { name: "Open a copy" }).click();
  await expect.poll(async () => (await names()).sort()).toEqual(["Changed after that", "Changed in the first copy"]);
});

test("a tab that only reads shows what the other one does", async ({ page, context }) => {
  await keepExample(page);
  const other = await second(page, context);
  await other.getByRole("button", { name: "Only read here" }).click();
  for (const name of ["One", "Two"]) {
    await page.getByLabel("Name of the mesh").fill(name);
    await expect(other.getByLabel("Name of the mesh")).toHaveValue(name);
    await expect(other.getByRole("alert")).toContainText("Read only");
  }
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a version that this tab has not seen is never written over", async ({ page }) => {
  await keepExample(page);
  // As by a tab that slept while this one opened.
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("meshwright.plan."))!;
    const plan = JSON.parse(localStorage.getItem(key)!);
    localStorage.setItem(key, JSON.stringify({ ...plan, name: "From the other" }));
  });
  await page.getByLabel("Name of the mesh").fill("Mine");
  await expect(page.getByRole("alert")).toContainText("Another tab has stored another version");
  await page.getByRole("button", { name: "Keep this one as a copy" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  const names = await page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith("meshwright.plan."))
      .map(([, text]) => JSON.parse(text).name as string)
      .sort(),
  );
  expect(names[0]).toBe("From the other");
  expect(names[1]).toMatch(/^M\w* copy$/);
});
