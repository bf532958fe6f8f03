// A plan that grew without order is brought into order: by mouse, by keyboard
// and by search, all of it or a part, and back again.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openPlan, painted, test, untilReady } from "./support";

const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });
const toast = (page: Page): Locator => page.locator(".toasts");

/** The open plan as this browser stores it. */
const stored = async (page: Page): Promise<string> => {
  await painted(page);
  return page.evaluate(() => localStorage.getItem(`meshwright.plan.${location.hash.slice(1)}`) ?? "");
};

type Box = { name: string; left: number; top: number; right: number; bottom: number };

/** Where sites, or cards, are on the screen. */
const boxes = (page: Page, what: "site" | "node"): Promise<Box[]> =>
  page.evaluate((what) => {
    const shape = what === "site" ? ".site__border" : ".node__card";
    return [...document.querySelectorAll(`.canvas .${what}`)].map((drawn) => {
      const { left, top, right, bottom } = drawn.querySelector(shape)!.getBoundingClientRect();
      return { name: drawn.getAttribute(`data-${what}`)!, left, top, right, bottom };
    });
  }, what);

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** The pairs of these that overlap. */
const overlaps = (all: Box[]): string[] =>
  all.flatMap((one, place) => all.slice(0, place).filter((other) => overlap(one, other)).map((other) => `${other.name} and ${one.name}`));

/** Checks that nothing lies over anything else, nor outside of what is seen. */
async function expectOrder(page: Page): Promise<void> {
  const [sites, nodes] = [await boxes(page, "site"), await boxes(page, "node")];
  expect(overlaps(sites)).toEqual([]);
  expect(overlaps(nodes)).toEqual([]);
  for (const loose of nodes.filter(({ name }) => !name.includes("-"))) {
    expect(sites.filter((site) => overlap(site, loose)).map(({ name }) => `${name} over ${loose.name}`)).toEqual([]);
  }
  const view = (await canvas(page).boundingBox())!;
  for (const { name, left, top, right, bottom } of [...sites, ...nodes]) {
    const inside = left >= view.x && top >= view.y && right <= view.x + view.width && bottom <= view.y + view.height;
    expect(inside, `${name} is in sight`).toBe(true);
  }
}

/** Opens three sites, two servers and a phone, all of them in one heap. */
async function openHeap(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  const places = [["home", 3], ["office", 4], ["cabin", 1]] as const;
  const address = (() => { let last = 0; return () => [`10.10.0.${(last += 1)}`]; })();
  await openPlan(page, {
    name: "Heap",
    tunnel: ["10.10.0.0/24"],
    sites: places.map(([name], index) => ({ name, lans: [`192.168.${index}.0/24`], router: "nat", position: [index * 90, index * 70] })),
    nodes: [
      ...["north", "south"].map((name, index) => ({
        name,
        place: { internet: { ipv4: `203.0.113.${index + 1}` } },
        addresses: address(),
        position: [120 + index * 33, 160],
      })),
      { name: "phone", form: "phone", platform: "android", place: "roams", addresses: address(), position: [300, 240] },
      ...places.flatMap(([site, count], index) =>
        Array.from({ length: count }, (_, number) => ({
          name: `${site}-${number}`,
          place: { site: { at: site, lan_address: `192.168.${index}.${number + 10}` } },
          addresses: address(),
          position: [100 + index * 60 + number * 31, 200 + number * 17],
        }))),
    ],
  });
  await expect(machine(page, "cabin-0")).toBeAttached();
  await expect.poll(() => stored(page)).not.toBe("");
  expect(overlaps(await boxes(page, "node"))).not.toEqual([]);
}

test("a heap is brought into order with the mouse, and undone", async ({ page }) => {
  await openHeap(page);
  const before = await stored(page);
  const ground = (await canvas(page).boundingBox())!;
  await page.mouse.click(ground.x + ground.width - 40, ground.y + 80, { button: "right" });
  await expectAccessible(page, ".menu");
  await page.getByRole("menuitem", { name: "Tidy up everything" }).click();
  await expect(toast(page)).toContainText("Tidied up the whole mesh.");
  await expectOrder(page);
  await expect.poll(() => stored(page)).not.toBe(before);

  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stored(page)).toBe(before);
});

test("a heap is brought into order with a key, and a second time changes nothing", async ({ page }) => {
  await openHeap(page);
  const before = await stored(page);
  await page.keyboard.press("Shift+T");
  await expect(toast(page)).toContainText("Tidied up the whole mesh.");
  await expectOrder(page);
  await expect.poll(() => stored(page)).not.toBe(before);
  const tidy = await stored(page);

  await page.keyboard.press("Shift+T");
  await expect(toast(page)).toContainText("It is in order already.");
  expect(await stored(page)).toBe(tidy);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => stored(page)).toBe(before);
});

test("what is selected finds its place around what stays", async ({ page }) => {
  await openHeap(page);
  const place = async () => Object.fromEntries((await boxes(page, "node")).map((box) => [box.name, box]));
  const before = await place();
  // Chosen by search, as one does on a crowded canvas; the second one joins it.
  for (const [name, join] of [["north", false], ["phone", true]] as const) {
    await machine(page, name).focus();
    await page.keyboard.press(join ? "Shift+Enter" : "Enter");
  }
  await machine(page, "phone").focus();
  await expect(page.locator("#inspector").getByRole("heading", { level: 2, name: "2 machines" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("tidy");
  await page.getByRole("option", { name: /^Tidy up/ }).click();
  await expect(toast(page)).toContainText("Tidied up 2 machines.");
  await page.keyboard.press("ControlOrMeta+z");
  await page.locator("#inspector").getByRole("button", { name: "Tidy up" }).click();
  await expect(toast(page)).toContainText("Tidied up 2 machines.");

  const plan = JSON.parse(await stored(page)) as { nodes: { name: string; position: number[] }[] };
  expect(plan.nodes.find(({ name }) => name === "south")!.position).toEqual([153, 160]);
  const after = Object.values(await place());
  const moved = after.filter(({ name }) => name === "north" || name === "phone");
  for (const one of moved) {
    const others = [...after.filter((other) => other !== one), ...(await boxes(page, "site"))];
    expect(others.filter((other) => overlap(one, other)).map(({ name }) => name)).toEqual([]);
  }
  expect(before["north"]).toBeDefined();
});
