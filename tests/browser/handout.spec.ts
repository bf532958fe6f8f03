// What is handed to people who do not have the page: the whole drawing as an
// SVG or a PNG file, and an overview on paper.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

/** Names that would do harm, or turn a line around, if they were taken for more than names. */
const HOSTILE = '</text><script>alert("1")</script> & "co"';
const RIGHT_TO_LEFT = "בית \u202eemoh";

/** Four machines, one of them far outside of what the canvas shows at 100 %. */
const LAB = {
  name: 'R&D <"Lab">',
  tunnel: ["10.10.0.0/24"],
  sites: [
    { name: HOSTILE, lans: ["192.168.1.0/24"], router: "nat", position: [40, 320] },
    { name: RIGHT_TO_LEFT, lans: ["192.168.7.0/24"], router: "nat", position: [4000, 2400] },
  ],
  nodes: [
    { name: "vps", place: { internet: { ipv4: "203.0.113.1" } }, addresses: ["10.10.0.1"], position: [420, 80] },
    { name: "nas", place: { site: { at: HOSTILE, lan_address: "192.168.1.10" } }, addresses: ["10.10.0.2"], shares: [{ prefix: "192.168.1.0/24", answers: "route" }], position: [80, 400] },
    { name: "far", place: { site: { at: RIGHT_TO_LEFT, lan_address: "192.168.7.2" } }, addresses: ["10.10.0.3"], position: [4040, 2500] },
    { name: "phone", place: "roams", platform: "android", addresses: ["10.10.0.4"], position: [760, 120] },
  ],
};

/** So many machines on the internet and behind routers that a table of them takes several pages. */
const large = (count: number) => {
  const site = (number: number) => `Branch ${number}`;
  const sites = Array.from({ length: 8 }, (_, number) => ({ name: site(number), lans: [`192.168.${number}.0/24`], router: "nat", position: [(number % 4) * 1300, 300 + Math.floor(number / 4) * 800] }));
  const nodes = Array.from({ length: count }, (_, number) => {
    const at = number % 8;
    const row = Math.floor(number / 8);
    const place = number < 2 ? { internet: { ipv4: `203.0.113.${number + 1}` } } : { site: { at: site(at), lan_address: `192.168.${at}.${row + 10}` } };
    const position = number < 2 ? [500 + number * 300, 40] : [40 + (at % 4) * 1300 + (row % 5) * 240, 400 + Math.floor(at / 4) * 800 + Math.floor(row / 5) * 160];
    return { name: `machine-${number}`, place, addresses: [`10.20.0.${number + 1}`], position };
  });
  return { name: "Branches", tunnel: ["10.20.0.0/24"], sites, nodes };
};

async function begin(page: Page, plan: object = LAB): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await openPlan(page, plan);
  const replace = page.getByRole("dialog").getByRole("button", { name: /Open/ });
  const opened = page.getByLabel("Name of the mesh");
  await expect(async () => {
    if (await replace.isVisible()) await replace.click();
    await expect(opened).toHaveValue((plan as typeof LAB).name, { timeout: 500 });
  }).toPass();
}

/** Chooses something from the project menu and takes the file that comes of it. */
async function save(page: Page, entry: RegExp): Promise<Download> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Project" }).click();
  await page.locator("#menu-project").getByRole("button", { name: entry }).click();
  return download;
}

const bytes = async (download: Download): Promise<Buffer> => readFile((await download.path())!);

/** What an XML parser makes of a file, which takes no mistake. */
const parsed = (page: Page, text: string) =>
  page.evaluate((text) => {
    const drawn = new DOMParser().parseFromString(text, "image/svg+xml");
    const all = [...drawn.querySelectorAll("*")];
    return {
      faults: drawn.querySelectorAll("parsererror").length,
      tags: [...new Set(all.map((element) => element.tagName))],
      attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))],
      words: all.filter((element) => element.tagName === "text").map((element) => element.textContent ?? ""),
      titles: all.filter((element) => element.tagName === "title").map((element) => element.textContent ?? ""),
      lines: all.filter((element) => element.getAttribute("fill") === "none").map((element) => element.getAttribute("d") ?? ""),
      box: drawn.documentElement.getAttribute("viewBox")!.split(" ").map(Number),
      size: ["width", "height"].map((side) => Number(drawn.documentElement.getAttribute(side))),
    };
  }, text);

const KEY = /[A-Za-z0-9+/]{42}[A-Za-z0-9+/=]=/;

test("the SVG file holds the whole drawing, also what the canvas does not show, and nothing else", async ({ page }) => {
  await begin(page);
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("zoom to 100");
  await page.getByRole("option", { name: /Zoom to 100/ }).click();
  const canvas = (await page.locator(".canvas__drawing").boundingBox())!;
  const far = (await page.locator('[data-node="far"]').boundingBox())!;
  expect(far.x, "far lies outside of what is shown").toBeGreaterThan(canvas.x + canvas.width);

  const download = await save(page, /Drawing as SVG/);
  expect(download.suggestedFilename()).toBe("r-d-lab.svg");
  const text = (await bytes(download)).toString("utf8");
  const drawing = await parsed(page, text);
  expect(drawing.faults).toBe(0);
  // The names as they are, each as words and nothing more.
  for (const name of ["vps", "nas", "far", "phone", "10.10.0.3", "192.168.1.0/24", "192.168.7.2"]) {
    expect(drawing.words.some((words) => words.includes(name)), name).toBe(true);
  }
  // Long names of sites are cut on the canvas, too.
  expect(drawing.words.some((words) => words.startsWith('</text><script>alert("1'))).toBe(true);
  expect(drawing.words).toContain(RIGHT_TO_LEFT);
  expect(drawing.titles[0]).toBe(LAB.name);
  expect(drawing.tags.sort()).toEqual(["circle", "clipPath", "defs", "g", "path", "rect", "svg", "text", "title", "tspan"]);
  // No styles of the page, nothing that runs, and no way to anywhere.
  for (const attribute of drawing.attributes) expect(attribute).not.toMatch(/^(class|style|on.*|.*href|data-.*|aria-.*|tabindex)$/);
  expect(text.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\((?!#)/);
  expect(text).not.toMatch(KEY);

  // All six pairs, with the way that far reaches the others.
  for (const pair of ["far to vps, direct", "nas to vps, direct", "phone to vps, direct"]) {
    expect(drawing.titles.some((title) => title.startsWith(pair)), pair).toBe(true);
  }
  expect(drawing.titles.join("\n")).toMatch(/far ↔|far to nas, relayed via vps|relayed pairs via vps/);
  const [x, y, width, height] = drawing.box as [number, number, number, number];
  expect(x + width).toBeGreaterThan(4040 + 208);
  expect(y + height).toBeGreaterThan(2500 + 74);
  expect(drawing.size).toEqual([width, height]);
  const reaches = (line: string) => [...line.matchAll(/-?\d+/g)].some(([number]) => Number(number) > 3900);
  expect(drawing.lines.some((line) => line.startsWith("M") && reaches(line)), "a line leads to far").toBe(true);
  // The page is as it was before.
  await expect(page.locator(".whole")).toHaveCount(0);
});

test("the SVG file looks the same where nobody knows the page", async ({ page, context, openSite }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await begin(page);
  const drawn = await bytes(await save(page, /Drawing as SVG/));
  const folder = await mkdtemp(join(tmpdir(), "drawing-"));
  await writeFile(join(folder, "drawing.svg"), drawn);
  // The browser asks for one wherever it goes.
  await writeFile(join(folder, "favicon.ico"), "");
  const site = await openSite({ root: folder });
  const alone = await context.newPage();
  await alone.goto(`${site.url}drawing.svg`);
  const looks = await alone.evaluate(() => {
    const of = (text: string) => [...document.querySelectorAll("text")].find((words) => words.textContent === text)!;
    const style = (element: Element) => getComputedStyle(element);
    const dashed = [...document.querySelectorAll("path")].find((path) => style(path).strokeDasharray.startsWith("7"))!;
    return {
      ground: style(document.querySelector("rect")!).fill,
      name: [style(of("nas")).fill, style(of("nas")).fontSize, style(of("nas")).fontWeight],
      relayed: style(dashed).stroke,
      wide: of("nas").getBoundingClientRect().width,
    };
  });
  // The dark colours of the design: canvas, ink and relay.
  expect(looks.ground).toBe("rgb(15, 17, 19)");
  expect(looks.name).toEqual(["rgb(236, 237, 239)", "13px", "600"]);
  expect(looks.relayed).toBe("rgb(227, 160, 60)");
  expect(looks.wide).toBeGreaterThan(5);
  await alone.close();
  await rm(folder, { recursive: true });
});

test("the PNG file has two pixels for each of the drawing", async ({ page }) => {
  await begin(page);
  const drawing = await parsed(page, (await bytes(await save(page, /Drawing as SVG/))).toString("utf8"));
  const download = await save(page, /Drawing as PNG/);
  expect(download.suggestedFilename()).toBe("r-d-lab.png");
  const png = await bytes(download);
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  // Width and height stand in the first chunk.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(drawing.size.map((side) => side * 2));
  const colours = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth / 4, image.naturalHeight / 4];
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) seen.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
    return { corner: [...pixels.slice(0, 4)], seen: seen.size };
  }, png.toString("base64"));
  expect(colours.corner).toEqual([244, 243, 239, 255]);
  expect(colours.seen).toBeGreaterThan(50);
});

test("a drawing that is too large for pixels is refused with the way out", async ({ page }) => {
  const [vps, ...others] = LAB.nodes;
  await begin(page, { ...LAB, nodes: [{ ...vps, position: [60_000, 30_000] }, ...others] });
  await page.getByRole("button", { name: "Project" }).click();
  await page.locator("#menu-project").getByRole("button", { name: /Drawing as PNG/ }).click();
  await expect(page.locator(".toast")).toContainText(/would have \d+ by \d+ pixels.*Save it as SVG/);
  const download = await save(page, /Drawing as SVG/);
  expect((await parsed(page, (await bytes(download)).toString("utf8"))).faults).toBe(0);
});

test("an empty mesh gives no file, and the palette knows the commands", async ({ page }) => {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Start empty/ }).click();
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("drawing as png");
  await page.getByRole("option", { name: /Save the drawing as PNG/ }).click();
  await expect(page.locator(".toast")).toContainText("Nothing is drawn yet");
});

test("in German the drawing is German", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "languages", { get: () => ["de-AT", "de"] }));
  await page.goto("./");
  await untilReady(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await openPlan(page, LAB);
  await expect(page.locator('[data-node="far"]')).toBeAttached();
  const download = page.waitForEvent("download");
  await page.locator("[popovertarget=menu-project]:not([popovertargetaction])").click();
  await page.locator("#menu-project").getByRole("button", { name: /Zeichnung als SVG/ }).click();
  const drawing = await parsed(page, (await bytes(await download)).toString("utf8"));
  expect(drawing.words.join("\n")).toMatch(/im Internet/);
  expect(drawing.words.join("\n")).not.toMatch(/on the internet|dials out|direct/);
});

test.describe("on paper", () => {
  /** Keeps the dialog for printing from opening, and what it would print in place. */
  const hold = (page: Page) =>
    page.addInitScript(() => {
      Object.assign(window, { print: () => document.documentElement.setAttribute("data-printed", "yes") });
    });
  const paper = (page: Page) => page.locator(".paper");

  test("Ctrl P prints the drawing and a table of everything, light and without the page around it", async ({ page }) => {
    await hold(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await begin(page);
    await page.locator('[data-node="nas"]').click();
    await page.keyboard.press("ControlOrMeta+P");
    await expect(page.locator("html")).toHaveAttribute("data-printed", "yes");
    // Nobody sees it on the screen.
    await expect(paper(page)).toBeHidden();
    await expect(page.locator(".top-bar")).toBeVisible();

    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(paper(page)).toBeVisible();
    for (const chrome of [".top-bar", ".workspace", "#inspector", "#drawer", ".tools", ".toasts"]) {
      await expect(page.locator(chrome)).toBeHidden();
    }
    await expect(paper(page).getByRole("heading", { level: 1 })).toHaveText(LAB.name);
    const rows = paper(page).locator("tbody tr");
    await expect(rows).toHaveCount(4);
    const nas = rows.filter({ has: page.getByRole("rowheader", { name: "nas" }) });
    await expect(nas).toContainText(HOSTILE);
    await expect(nas).toContainText("192.168.1.10");
    await expect(nas).toContainText("10.10.0.2");
    await expect(nas).toContainText("192.168.1.0/24");
    await expect(nas).toContainText("dials out");
    await expect(nas.locator(".paper__way", { hasText: "direct" })).toContainText("vps");
    await expect(nas.locator(".paper__way", { hasText: "relayed via vps" })).toContainText("far, phone");
    const vps = rows.filter({ has: page.getByRole("rowheader", { name: "vps" }) });
    await expect(vps).toContainText("203.0.113.1:51820");
    await expect(paper(page).locator(".whole text", { hasText: "far" }).first()).toBeVisible();
    expect(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor)).toBe("rgb(255, 255, 255)");
    const ink = await nas.evaluate((row) => getComputedStyle(row).color);
    expect(ink).toBe("rgb(17, 17, 17)");
    expect(await paper(page).innerText()).not.toMatch(KEY);
    await expectAccessible(page, ".paper");

    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await expect(paper(page)).toHaveCount(0);
  });

  test("the browser's own command prints the same", async ({ page }) => {
    await begin(page);
    await page.evaluate(() => {
      window.addEventListener("beforeprint", () => queueMicrotask(() => {
        const rows = document.querySelectorAll(".paper tbody tr").length;
        document.documentElement.setAttribute("data-rows", String(rows));
      }));
    });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    await expect(page.locator("html")).toHaveAttribute("data-rows", "4");
    await expect(paper(page)).toHaveCount(0);
  });

  test("a hundred machines take several pages, each row on one of them", async ({ page }) => {
    await hold(page);
    await begin(page, large(100));
    await page.keyboard.press("ControlOrMeta+P");
    await expect(page.locator("html")).toHaveAttribute("data-printed", "yes");
    await page.emulateMedia({ media: "print" });
    await expect(paper(page).locator("tbody tr")).toHaveCount(100);
    expect(await paper(page).locator("tbody tr").last().evaluate((row) => getComputedStyle(row).breakInside)).toBe("avoid");
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(20);
  });

  test("in German the overview is German", async ({ page }) => {
    await hold(page);
    await page.addInitScript(() => Object.defineProperty(navigator, "languages", { get: () => ["de-AT", "de"] }));
    await page.goto("./");
    await untilReady(page);
    await openPlan(page, LAB);
    await expect(page.locator('[data-node="far"]')).toBeAttached();
    await page.keyboard.press("ControlOrMeta+P");
    await expect(page.locator("html")).toHaveAttribute("data-printed", "yes");
    await page.emulateMedia({ media: "print" });
    const text = await paper(page).innerText();
    expect(text).toContain("Geräte");
    expect(text).toContain("Angewählt unter");
    expect(text).not.toMatch(/Machines|Dialled|relayed|Warning|No |is /);
  });
});
