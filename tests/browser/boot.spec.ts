// The page loads, keeps itself, works with the network cut, and takes a new
// version only when asked.
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stamp } from "../../.make/precache.mjs";
import { dist, expect, test, untilKept, versionOf } from "./support";

test("the page starts without a complaint", async ({ page }) => {
  await page.goto("./");
  await page.waitForLoadState("networkidle");
  await expect(page).toHaveTitle(/Meshwright/);
  await expect(page.locator("#boot-message[role=alert]")).toHaveCount(0);
});

for (const base of ["/", "/some/path/"]) {
  test(`under ${base} a kept page asks for nothing and loads with the network cut`, async ({ page, openSite }) => {
    const site = await openSite({ base });
    await page.goto(site.url);
    await untilKept(page);
    const version = await versionOf(page);

    site.requests.length = 0;
    await page.reload();
    await page.waitForLoadState("networkidle");
    // The browser itself looks whether there is a newer worker. That is all.
    expect(site.requests.filter((request) => request !== `GET ${base}sw.js`)).toEqual([]);

    await site.close();
    await page.reload();
    await page.waitForLoadState("load");
    await expect(page).toHaveTitle(/Meshwright/);
    await expect(page.locator("#boot-message[role=alert]")).toHaveCount(0);
    expect(await versionOf(page)).toBe(version);

    // Any address below the base leads to the app, as a saved link may be old.
    for (const link of ["index.html", "an/old/link?x=1"]) {
      await page.goto(site.url + link);
      await page.waitForLoadState("load");
      expect(page.url()).toBe(site.url);
      expect(await versionOf(page)).toBe(version);
    }
  });
}

test("a new version is offered, waits for consent, and then replaces the old one", async ({ page, openSite }) => {
  const root = await mkdtemp(join(tmpdir(), "meshwright-"));
  try {
    await cp(dist, root, { recursive: true });
    const site = await openSite({ root });
    await page.addInitScript(() => {
      window.addEventListener("meshwright-update-ready", () => sessionStorage.setItem("offers", "yes"));
    });
    await page.goto(site.url);
    await untilKept(page);
    const old = await versionOf(page);
    expect(await page.evaluate(() => sessionStorage.getItem("offers"))).toBeNull();

    await appendFile(join(root, "boot.js"), "\n// A change.\n");
    const next = await stamp(root);
    expect(next).not.toBe(old);

    // The visit that finds the new version still shows the old one, whole.
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-update", "ready");
    expect(await page.evaluate(() => sessionStorage.getItem("offers"))).toBe("yes");
    expect(await versionOf(page)).toBe(old);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-update", "ready");
    expect(await versionOf(page)).toBe(old);

    await page.evaluate(() => window.dispatchEvent(new CustomEvent("meshwright-update-accept")));
    await expect(page.locator('meta[name="version"]')).toHaveAttribute("content", next);
    await untilKept(page);
    const caches = await page.evaluate(() => globalThis.caches.keys());
    expect(caches).toHaveLength(1);
    expect(caches[0]).toContain(next);
  } finally {
    await rm(root, { recursive: true });
  }
});

test("a page that cannot load its module says so", async ({ page, problems }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("Meshwright could not start");
  problems.length = 0;
});

test("a browser without WebAssembly is told so", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("WebAssembly");
});

test("the chosen theme is set before the page is painted", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("meshwright.theme", "dark"));
  // Without the app itself, only the early script can have done it.
  await page.route("**/boot.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
