// The guide: what to do on which machine, in the same words as the README of
// the archive, with commands that copy as they stand.
import { expect, expectAccessible, test, untilReady } from "./support";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("the bring-up of the example stands in order, and its commands can be copied", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await page.getByRole("tab", { name: "Guide" }).click();

  const guide = page.locator(".guide");
  await expect(guide.getByRole("heading", { level: 3 })).toHaveText([/Machines that others dial/, /Machines that dial/, "Does it work?"]);
  await expect(guide.getByRole("heading", { level: 4 })).toHaveText(["vps", "nas", "pi"]);

  await guide.getByRole("button", { name: "Copy the commands for vps" }).click();
  const commands = await page.evaluate(() => navigator.clipboard.readText());
  expect(commands).toContain("sudo systemctl enable --now wg-quick@wg0");
  await expect(page.getByText("Copied the commands for vps")).toBeVisible();

  // The README of the archive says the same.
  await page.getByRole("tab", { name: "Files" }).click();
  await page.getByRole("button", { name: /README/ }).click();
  for (const line of commands.split("\n")) await expect(page.locator(".files")).toContainText(line);

  await page.getByRole("tab", { name: "Guide" }).click();
  await guide.getByRole("button", { name: "Show the files of nas" }).click();
  await expect(page.locator(".file-row.is-selected")).toContainText("nas");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the guide is accessible in ${colorScheme}, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("./");
    await untilReady(page);
    await page.getByRole("button", { name: "Keep this example" }).click();
    await page.getByRole("tab", { name: "Guide" }).click();
    await expect(page.locator(".guide")).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

test("an empty mesh says what the guide is for", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByRole("tab", { name: "Guide" }).click();
  await expect(page.getByRole("heading", { name: "Nothing to bring up yet" })).toBeVisible();
});
