// For eyes that need more contrast: the system's wish for more of it, and the
// system's own colours in place of the page's. What a colour says must be seen
// without it, and everything must be readable on every screen.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, test, untilReady } from "./support";

type Colour = [number, number, number];

/** A colour as the browser computes it. */
const colour = (text: string): Colour => {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
};

/** Contrast by the formula of WCAG. */
const contrast = (one: Colour, other: Colour): number => {
  const light = (of: Colour): number => {
    const [red, green, blue] = of.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as Colour;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

const style = (what: Locator, name: string): Promise<string> =>
  what.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);

/** A system colour as this browser has it now. */
const system = (page: Page, name: string): Promise<string> =>
  page.evaluate((name) => {
    const probe = document.createElement("i");
    probe.style.setProperty("forced-color-adjust", "none");
    probe.style.color = name;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

const node = (page: Page, name: string): Locator => page.locator(`.canvas [data-node="${name}"]`).first();

const mesh = (relay: boolean) => ({
  name: "Homelab",
  tunnel: ["10.10.0.0/24"],
  sites: [
    { name: "Home", lans: ["192.168.1.0/24"], router: "nat", position: [80, 360] },
    { name: "Friend", lans: ["192.168.178.0/24"], router: "nat", position: [608, 360] },
  ],
  nodes: [
    { name: "nas", form: "nas", place: { site: { at: "Home", lan_address: "192.168.1.10" } }, addresses: ["10.10.0.2"], position: [176, 456] },
    { name: "pi", form: "board", place: { site: { at: "Friend", lan_address: "192.168.178.20" } }, addresses: ["10.10.0.3"], position: [704, 456] },
    { name: "phone", form: "phone", platform: "android", place: "roams", addresses: ["10.10.0.4"], position: [880, 120] },
    ...(relay ? [{ name: "vps", form: "server", place: { internet: { ipv4: "203.0.113.1" } }, addresses: ["10.10.0.1"], position: [440, 120] }] : []),
  ],
});

async function begin(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  // What this is about comes with the late sheet.
  await page.waitForFunction(() => [...document.styleSheets].some((sheet) => sheet.href?.includes("late.css")));
}

/** Goes through the screens and looks at each. */
async function tour(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  await look("the first visit");
  await page.getByRole("button", { name: "Keep this example" }).click();
  await look("the example");
  await node(page, "nas").click();
  await look("a machine");
  for (const [key, name] of [["1", "findings"], ["2", "matrix"], ["3", "files"], ["4", "guide"]] as const) {
    await page.keyboard.press("Escape");
    await page.keyboard.press(key);
    await expect(page.locator(`#tab-${name}`)).toHaveAttribute("aria-selected", "true");
    if (name === "matrix") await page.getByRole("gridcell", { name: /^nas to vps/ }).first().click();
    await look(name);
  }
  await page.keyboard.press("0");
  await page.keyboard.press("t");
  await page.locator("#machines .check input").nth(1).click();
  await page.locator("#machines .check input").nth(2).click();
  await expect(page.locator(".bulk")).toBeVisible();
  await look("the table with several selected");
  await page.keyboard.press("t");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.locator(".palette__row").first()).toBeVisible();
  await look("the palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await look("the keys");
  await page.keyboard.press("Escape");
}

for (const [name, scheme] of [["light", "light"], ["dark", "dark"]] as const) {
  test(`every screen can be read in the system's own ${name} colours`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ forcedColors: "active", colorScheme: scheme });
    await begin(page);
    await tour(page, async () => expectAccessible(page));
  });

  test(`more contrast is more than seven to one, in ${name}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ contrast: "more", colorScheme: scheme });
    await begin(page);
    await tour(page, async (screen) => {
      await expectAccessible(page);
      const faint = await page.evaluate(() => {
        const found: [string, string, string][] = [];
        const ground = (element: Element | null): string => {
          for (let at = element; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (!/^rgba\(.*, 0\)$|transparent/.test(backgroundColor)) return backgroundColor;
          }
          return "rgb(255, 255, 255)";
        };
        for (const element of document.querySelectorAll("p, span, dt, dd, h1, h2, h3, button, label, td, th, a, li")) {
          const own = [...element.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
          const box = element.getBoundingClientRect();
          if (!own || box.width < 2 || box.height < 2 || element.closest("[aria-disabled=true], .is-disabled, svg, .visually-hidden")) continue;
          found.push([element.textContent ?? "", getComputedStyle(element).color, ground(element)]);
        }
        return found;
      });
      const weak = faint.filter(([, ink, ground]) => contrast(colour(ink), colour(ground)) < 7);
      expect(weak, screen).toEqual([]);
      expect(faint.length, screen).toBeGreaterThan(10);
    });
  });
}

test("in the system's colours lines, badges, cards and cells keep their shapes", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await begin(page);
  await openPlan(page, mesh(true));
  const [ink, ground, mark] = [await system(page, "CanvasText"), await system(page, "Canvas"), await system(page, "Highlight")];
  expect(contrast(colour(ink), colour(ground))).toBeGreaterThan(7);

  const relayed = page.locator(".link.is-relayed > .link__line").first();
  expect(await style(relayed, "stroke")).toBe(ink);
  expect(await style(relayed, "stroke-dasharray")).not.toBe("none");
  expect(await style(page.locator(".link.is-direct > .link__line").first(), "stroke-dasharray")).toBe("none");
  // A filled badge and a dashed one, each with a letter that can be read.
  const badge = (kind: string): Locator => page.locator(`.mark.is-${kind} .mark__frame`).first();
  expect(await style(badge("direct"), "fill")).toBe(ink);
  expect(await style(page.locator(".mark.is-direct .mark__letter").first(), "fill")).toBe(ground);
  expect(await style(badge("relayed"), "fill")).toBe(ground);
  expect(await style(page.locator(".mark.is-relayed .mark__letter").first(), "fill")).toBe(ink);

  // What is selected, and where the focus is.
  await node(page, "nas").click();
  expect(await style(node(page, "nas").locator(".node__card"), "stroke")).toBe(mark);
  expect(await style(node(page, "pi").locator(".node__card"), "stroke")).toBe(ink);
  await page.keyboard.press("Tab");
  const ring = page.locator(".canvas :focus-visible .ring").first();
  expect(await style(ring, "stroke")).toBe(mark);

  // A switch that is on, one that is off, and the view that shows.
  const knob = (on: boolean): Locator => page.locator(`#inspector .switch[aria-checked="${on}"] .switch__track`).first();
  await node(page, "vps").click();
  expect(await style(knob(true), "background-color")).toBe(mark);
  expect(await style(knob(false), "background-color")).toBe(ground);
  const view = page.getByRole("button", { name: "Canvas", exact: true });
  expect(await style(view, "background-color")).toBe(mark);

  // The cells of the matrix keep the stroke of the verdict under the letter.
  await page.keyboard.press("2");
  const stroke = async (kind: string): Promise<string> => style(page.locator(`.cell--${kind}:not(.cell--legend)`).first(), "background-image");
  await expect(page.locator(".cell--via").first()).toBeVisible();
  expect(await stroke("direct")).toContain("linear-gradient");
  expect(await stroke("via")).toContain("repeating-linear-gradient");
  expect(await stroke("direct")).not.toBe(await stroke("via"));
});

test("pairs that never meet differ from those that do without any colour", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "light" });
  await begin(page);
  await openPlan(page, mesh(false));
  await expect(page.locator(".link.is-impossible").first()).toBeAttached();
  expect(await style(page.locator(".link.is-impossible > .link__line").first(), "stroke-dasharray")).toMatch(/^0(px)?, 6(px)?$/);
  await page.keyboard.press("2");
  const cell = page.locator(".cell--broken:not(.cell--legend)").first();
  await expect(cell).toBeVisible();
  expect(await style(cell, "background-color")).toBe(await system(page, "CanvasText"));
  expect(await style(cell, "color")).toBe(await system(page, "Canvas"));
});

test("a QR code stays dark on white, and its meter can be seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await begin(page);
  await openPlan(page, mesh(true));
  await page.keyboard.press("3");
  await page.getByRole("button", { name: "Make new keys" }).click();
  await page.locator(".file-row").filter({ hasText: "phone" }).first().click();
  await page.getByRole("button", { name: "Show QR code" }).click();
  await expect(page.locator(".qr__code")).toBeVisible();
  const dark = colour(await style(page.locator(".qr__code"), "fill"));
  const white = colour(await style(page.locator(".qr__ground"), "background-color"));
  expect(white).toEqual([255, 255, 255]);
  expect(contrast(dark, white)).toBeGreaterThan(15);
  const [bar, track] = [page.locator(".meter__bar"), page.locator(".meter__track")];
  expect(contrast(colour(await style(bar, "fill")), colour(await style(track, "fill")))).toBeGreaterThan(3);
  await expectAccessible(page, "#drawer");
});

test("a machine that is left out of focus can still be read with more contrast", async ({ page }) => {
  await page.emulateMedia({ contrast: "more" });
  await begin(page);
  await page.getByRole("button", { name: "Keep this example" }).click();
  await node(page, "nas").click();
  await page.mouse.move(5, 5);
  const faint = page.locator(".link.is-faint").first();
  await expect(faint).toBeAttached();
  await expect.poll(async () => Number(await style(faint, "opacity"))).toBeGreaterThan(0.6);
  const letter = page.locator(".badge-mark.is-faint .mark__letter").first();
  await expect.poll(async () => Number(await style(letter, "opacity"))).toBe(1);
});
