// The whole way: from an empty page to files that would run a mesh, drawn by
// mouse, and once more by keyboard alone.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, painted, test, untilKept, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });
const link = (page: Page, name: RegExp): Locator => canvas(page).getByRole("button", { name });

/** Types into a field of the inspector, as one who clicks into it first. */
async function state(page: Page, label: string, text: string): Promise<void> {
  await inspector(page).getByLabel(label, { exact: true }).fill(text);
}

/** Double-clicks the ground at a point of the canvas and chooses from the menu. */
async function add(page: Page, x: number, y: number, what: RegExp): Promise<void> {
  const box = (await canvas(page).boundingBox())!;
  await page.mouse.dblclick(box.x + x, box.y + y);
  await page.getByRole("menuitem", { name: what }).click();
}

/** The violations that axe finds on what the page shows now. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    // This rule takes all texts on a machine's card, run together, for its
    // label, also those that a screen reader is not told. What one would say
    // is the name, and the label begins with it: eyes.spec.ts looks at that.
    .disableRules("label-content-name-mismatch")
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}

async function saved(download: Promise<Download>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "meshwright-"));
  const path = join(folder, (await download).suggestedFilename());
  await (await download).saveAs(path);
  return path;
}

/** Draws the three machines of the article from nothing. */
async function drawByMouse(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Start empty/ }).click();
  await add(page, 480, 120, /Server on the internet/);
  await state(page, "Name", "vps");
  await state(page, "Public IPv4", "203.0.113.1");
  await add(page, 60, 320, /Site/);
  await state(page, "Name", "Home");
  await state(page, "LANs", "192.168.1.0/24");
  await inspector(page).getByRole("button", { name: "Add machine here" }).click();
  await state(page, "Name", "nas");
  await state(page, "LAN address", "192.168.1.10");
  await inspector(page).getByRole("switch", { name: "Shares its LAN" }).click();
  await add(page, 560, 320, /Site/);
  await state(page, "Name", "Friend's place");
  await inspector(page).getByRole("button", { name: "Add machine here" }).click();
  await state(page, "Name", "pi");
}

test("draw three machines by mouse, and get a mesh that works", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
  await expectAccessible(page);

  await drawByMouse(page);
  await expect(link(page, /^nas to vps, direct/)).toBeAttached();
  await expect(link(page, /^pi to vps, direct/)).toBeAttached();
  const amber = link(page, /^nas to pi, relayed via vps: Both ends are behind NAT/);
  await expect(amber).toBeAttached();
  await expectAccessible(page);

  await amber.focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByText("vps can read this traffic.")).toBeVisible();
  await expectAccessible(page);

  // A phone joins, and gets its tunnel as a QR code.
  await add(page, 800, 160, /Phone/);
  await expect(machine(page, "phone")).toBeAttached();
  await page.getByRole("tab", { name: /Files/ }).click();
  await page.getByRole("button", { name: /^phone/ }).last().click();
  await page.getByRole("button", { name: /Show QR code/i }).click();
  const code = page.getByRole("img", { name: "QR code with the tunnel of phone" });
  await expect(code).toBeVisible();
  await expectAccessible(page);
  const config = decode(await code.screenshot());
  expect(config).toMatch(/^\[Interface\]\nPrivateKey = [A-Za-z0-9+/]{43}=\nAddress = 10\.10\.0\.4\/32\n/);
  expect(config).toContain("Endpoint = 203.0.113.1:51820");
  expect(config).toContain("AllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.3/32, 192.168.1.0/24");
  expect(config).not.toContain("PostUp");

  // The archive holds the same keys, one folder per machine.
  const archive = await saved(downloadOf(page, /All files/));
  const files = unzip(archive);
  expect([...files.keys()]).toEqual([
    "README.md",
    "meshwright.json",
    "nas/etc/sysctl.d/99-wg-mesh.conf",
    "nas/wg0.conf",
    "phone/phone.conf",
    "pi/wg0.conf",
    "vps/etc/sysctl.d/99-wg-mesh.conf",
    "vps/wg0.conf",
  ]);
  const phone = files.get("phone/phone.conf")!;
  expect(withoutComments(phone)).toBe(config.trim());
  for (const [path, text] of files) {
    const foreign = [...files].filter(([other]) => other.split("/")[0] !== path.split("/")[0]);
    for (const key of text.match(/(?<=PrivateKey = ).*/g) ?? []) {
      for (const [other, elsewhere] of foreign) expect(elsewhere, `${path} in ${other}`).not.toContain(key);
    }
  }
  const tunnels = unzip(await saved(downloadOf(page, /Phone tunnels/)));
  expect([...tunnels.keys()]).toEqual(["phone.conf"]);

  // A reload loses nothing, keys included, and leaves no secret readable.
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  const secret = /(?<=PrivateKey = ).*/.exec(phone)![0];
  expect(stored).toContain("nas");
  expect(stored).not.toContain(secret);
  await page.reload();
  await untilReady(page);
  await expect(machine(page, "phone")).toBeAttached();
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  const again = unzip(await saved(downloadOf(page, /All files/)));
  expect([...again]).toEqual([...files]);
});

test("the same by keyboard alone", async ({ page }) => {
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Tabs forward until an element of that name has the focus. */
  const tabTo = async (name: RegExp) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      const words = await focused.evaluate((element) => {
        const labels = (element as HTMLInputElement).labels;
        const label = labels ? [...labels].map((one) => one.textContent).join(" ") : "";
        return (element.getAttribute("aria-label") ?? "") + " " + label + " " + (element.textContent ?? "");
      });
      if (name.test(words.trim())) return;
    }
    throw new Error(`Tab never reaches ${name}`);
  };
  const type = async (label: RegExp, text: string) => {
    await tabTo(label);
    await press("ControlOrMeta+A");
    await page.keyboard.type(text);
  };
  const addByKey = async (what: RegExp) => {
    // N works wherever nobody types; the canvas is one such place.
    await canvas(page).getByRole("group", { name: "Drawing of the network" }).focus();
    await press("n");
    const items = page.getByRole("menuitem");
    await expect(items.first()).toBeFocused();
    for (let step = 0; step < 10; step++) {
      if (what.test((await page.locator(":focus").textContent()) ?? "")) break;
      await press("ArrowDown");
    }
    await press("Enter");
    await expect(inspector(page).getByLabel("Name", { exact: true })).toBeVisible();
  };

  await page.goto("./");

  await untilReady(page);
  await tabTo(/Start empty/);
  await press("Enter");
  await addByKey(/Server on the internet/);
  await type(/^Name/, "vps");
  await type(/^Public IPv4/, "203.0.113.1");
  for (const [site, name] of [["Home", "nas"], ["Friends", "pi"]] as const) {
    await addByKey(/^Site/);
    await type(/^Name/, site);
    await tabTo(/^Add machine here/);
    await press("Enter");
    await expect(inspector(page).getByRole("heading", { name: "machine" })).toBeVisible();
    await type(/^Name/, name);
  }
  await expect(link(page, /^nas to pi, relayed via vps/)).toBeAttached();
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
});

test("undo everything and redo everything", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await drawByMouse(page);
  const undo = page.getByRole("button", { name: /^Undo/ });
  const redo = page.getByRole("button", { name: /^Redo/ });
  const stored = async () => {
    await painted(page);
    return page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("meshwright.plan.")));
  };
  const before = await stored();
  expect(before).toHaveLength(1);
  while (await undo.count()) await undo.click();
  await expect(canvas(page).getByRole("button", { name: /^vps, / })).toHaveCount(0);
  while (await redo.count()) await redo.click();
  expect(await stored()).toEqual(before);
});

test("a file that cannot be read leaves the open plan alone", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  // The key belongs to the browser until the page listens.
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
  const folder = mkdtempSync(join(tmpdir(), "meshwright-"));
  for (const [name, text, says] of [
    ["future.json", '{"format":"meshwright-plan","version":99}', /newer Meshwright/],
    ["cut.json", '{"format":"meshwright-plan","vers', /ends too early/],
    ["other.json", "[]", /not a file of this kind/],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, text);
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("ControlOrMeta+O");
    await (await chooser).setFiles(path);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(says);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
});

test("project and keyring move to another browser and give the same files", async ({ page, browser, site }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).click();
  const files = unzip(await saved(downloadOf(page, /All files/)));
  const project = await saved(downloadOf(page, /Project file/));
  await chooseDownload(page, /Keyring/);
  await expect(page.getByRole("dialog")).toContainText("every private and preshared key");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export keyring" }).click();
  const keyring = await saved(waiting);

  const other = await browser.newContext({ baseURL: site.url });
  const second = await other.newPage();
  await second.goto("./");
  await untilReady(second);
  await expect(second.getByText("6 of 6 pairs proved")).toBeVisible();
  const open = async (path: string, act: () => Promise<void>) => {
    const chooser = second.waitForEvent("filechooser");
    await act();
    await (await chooser).setFiles(path);
  };
  await open(project, () => second.keyboard.press("ControlOrMeta+O"));
  await second.getByRole("tab", { name: /Files/ }).click();
  await open(keyring, () => second.getByRole("button", { name: /Open keyring file/ }).click());
  await expect(second.getByText("PrivateKey").first()).toBeVisible();
  const there = unzip(await saved(downloadOf(second, /All files/)));
  expect([...there]).toEqual([...files]);
  await other.close();
});

test("every screen is accessible in both themes, wide and narrow", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [[1440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.goto("./");
      await untilReady(page);
      await page.evaluate(() => localStorage.clear());
      await page.reload();
      await untilReady(page);
      await expectAccessible(page);
      await page.getByRole("button", { name: /Keep this example/ }).click();
      await expectAccessible(page);
      await machine(page, "nas").focus();
      await page.keyboard.press("Enter");
      await expect(inspector(page).getByRole("heading", { name: "nas" })).toBeVisible();
      await expectAccessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wider, "nothing scrolls sideways").toBe(false);
    }
  }
});

test("without a network the whole job still works", async ({ page, context, site }) => {
  await page.goto("./");
  await untilReady(page);
  await untilKept(page);
  await context.setOffline(true);
  const asked = site.requests.length;
  await page.reload();
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).click();
  const files = unzip(await saved(downloadOf(page, /All files/)));
  expect(files.get("nas/wg0.conf")).toContain("AllowedIPs = 10.10.0.1/32, 10.10.0.3/32");
  expect(site.requests.length).toBe(asked);
});

/** Chooses from the download menu; the file comes when its keys are stored. */
async function downloadOf(page: Page, what: RegExp): Promise<Download> {
  const waiting = page.waitForEvent("download");
  await chooseDownload(page, what);
  return waiting;
}

async function chooseDownload(page: Page, what: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("list", { name: "Download" }).getByRole("button", { name: what }).click();
}

/** What a real reader makes of a picture of a QR code. */
function decode(picture: Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), "meshwright-")), "code.png");
  writeFileSync(path, picture);
  return execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path], { encoding: "utf8" });
}

function unzip(path: string): Map<string, string> {
  const names = execFileSync("unzip", ["-Z1", path], { encoding: "utf8" }).trim().split("\n");
  return new Map(names.map((name) => [name, execFileSync("unzip", ["-p", path, name], { encoding: "utf8" })]));
}

function withoutComments(config: string): string {
  return config.split("\n").filter((line) => line !== "" && !line.startsWith("#")).join("\n");
}
