// What a person states about a place changes what the mesh does: situations
// that people really have, by mouse and by keyboard.
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test, untilReady } from "./support";

const inspector = (page: Page): Locator => page.locator("#inspector");
const canvas = (page: Page): Locator => page.getByRole("region", { name: /^Canvas/ });
const machine = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}, `) });
const place = (page: Page, name: string): Locator => canvas(page).getByRole("button", { name: new RegExp(`^${name}(,|:| )`) }).first();
const pair = (page: Page, name: RegExp): Locator => canvas(page).getByRole("button", { name });

/** Keeps the example: vps on the internet, nas and pi each behind a router. */
async function begin(page: Page): Promise<void> {
  await page.goto("./");
  await untilReady(page);
  await page.getByRole("button", { name: /Keep this example/ }).click();
  await expect(pair(page, /^nas to pi, relayed via vps/)).toBeAttached();
}

/** Selects something on the canvas, as one who uses the keyboard. */
async function select(page: Page, what: Locator, title: string | RegExp): Promise<void> {
  await what.focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("heading", { level: 2, name: title })).toBeVisible();
}

async function selectPlan(page: Page): Promise<void> {
  await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(inspector(page).getByText("The whole mesh")).toBeVisible();
}

/** Opens the rare facts of what is selected. */
async function more(page: Page): Promise<void> {
  await inspector(page).getByText("More", { exact: true }).click();
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

test("a dynamic address behind a name lets a forwarded port work, and carrier NAT takes that away", async ({ page }) => {
  await begin(page);
  await select(page, place(page, "Home"), "Home");
  const gives = (words: RegExp) => inspector(page).getByRole("radio", { name: words });
  // Nobody has said anything: the cautious answer holds.
  await expect(gives(/I don.t know yet · cautious/)).toBeChecked();

  await gives(/public IPv4 address that changes/).check();
  const name = inspector(page).getByLabel("DNS name", { exact: true });
  // What cannot be a name stays where it was typed, and the page says why.
  await name.fill("my_home.example.net");
  await expect(name).toHaveValue("my_home.example.net");
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(inspector(page).getByText("A host name has no underscore; phones refuse it.")).toBeVisible();
  await name.fill("home.example.net");
  await expect(name).not.toHaveAttribute("aria-invalid", "true");

  await select(page, machine(page, "nas"), "nas");
  await inspector(page).getByRole("switch", { name: "Port forwarded on the router" }).click();
  await inspector(page).getByLabel("Outside", { exact: true }).fill("51821");
  await expect(pair(page, /^nas to pi, direct: pi dials nas at home\.example\.net:51821/)).toBeAttached();
  // A router that sends it on to a port where nobody listens helps nobody.
  await inspector(page).getByLabel("Inside", { exact: true }).fill("51822");
  await expect(inspector(page).getByText("nas listens on UDP 51820, so nothing arrives.")).toBeVisible();
  await expect(pair(page, /^nas to pi, relayed via vps/)).toBeAttached();
  await inspector(page).getByLabel("Listen port", { exact: true }).fill("51822");
  await expect(pair(page, /^nas to pi, direct: pi dials nas at home\.example\.net:51821/)).toBeAttached();

  await select(page, place(page, "Home"), "Home");
  await gives(/^No public IPv4 address/).check();
  await expect(pair(page, /^nas to pi, relayed via vps/)).toBeAttached();
  // One answer is one step back, with the name that stood there.
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(pair(page, /^nas to pi, direct/)).toBeAttached();
  await expect(name).toHaveValue("home.example.net");
  await expect(gives(/public IPv4 address that changes/)).toBeChecked();
});

test("IPv6 that the router lets in makes a pair direct", async ({ page }) => {
  await begin(page);
  for (const site of ["Home", "Friend's place"]) {
    await select(page, place(page, site), site);
    await inspector(page).getByRole("radio", { name: /^Yes, filtered by the router/ }).check();
  }
  await select(page, machine(page, "nas"), "nas");
  await inspector(page).getByLabel("IPv6 address", { exact: true }).fill("2001:db8:1::10");
  await inspector(page).getByRole("switch", { name: "Router lets WireGuard in over IPv6" }).click();
  await expect(pair(page, /^nas to pi, direct: pi dials nas at \[2001:db8:1::10\]:51820/)).toBeAttached();
  // A machine that speaks IPv4 only has nothing of it.
  await select(page, machine(page, "pi"), "pi");
  await more(page);
  await inspector(page).getByLabel("Speaks", { exact: true }).selectOption({ label: "Only IPv4" });
  await expect(pair(page, /^nas to pi, relayed via vps/)).toBeAttached();
  await expect(inspector(page).getByText("Set: speaks")).toBeVisible();
});

test("a person overrides the planner for a pair", async ({ page }) => {
  await begin(page);
  await select(page, pair(page, /^nas to vps/), /nas.*vps/);
  const choice = (words: RegExp) => inspector(page).getByRole("radio", { name: words });
  await expect(choice(/^As planned · recommended/)).toBeChecked();
  await choice(/^None/).check();
  await expect(inspector(page).getByText("Switched off", { exact: true })).toBeVisible();
  await choice(/^As planned/).check();
  await expect(inspector(page).getByText("Direct", { exact: true }).first()).toBeVisible();

  await select(page, pair(page, /^nas to pi/), /nas.*pi/);
  await choice(/^Direct/).check();
  await expect(choice(/^Direct/)).toBeChecked();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(choice(/^As planned/)).toBeChecked();
});

test("only groups that are named talk", async ({ page }) => {
  await begin(page);
  const groups = inspector(page).getByLabel("Groups", { exact: true });
  await select(page, machine(page, "nas"), "nas");
  await groups.and(page.getByRole("textbox").or(page.getByRole("combobox"))).fill("storage");
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("button", { name: "Remove the group storage" })).toBeVisible();
  await select(page, machine(page, "vps"), "vps");
  // A comma ends a group as well.
  await inspector(page).locator("#node-groups").pressSequentially("servers,");
  await expect(inspector(page).getByRole("button", { name: "Remove the group servers" })).toBeVisible();

  await selectPlan(page);
  await inspector(page).getByRole("radio", { name: /^Only these groups/ }).check();
  const list = inspector(page).getByRole("list", { name: "Groups that talk" });
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await expect(inspector(page).getByText("One machine has no group and talks to nobody.")).toBeVisible();
  await expect(pair(page, /^nas to vps, direct/)).toBeAttached();
  await expect(page.getByText("2 of 2 pairs proved")).toBeVisible();
  await inspector(page).getByRole("button", { name: "Take away servers and storage" }).click();
  await expect(pair(page, /^nas to vps, direct/)).toHaveCount(0);
  // The two of them can be let talk again.
  await inspector(page).getByLabel("Other group").selectOption({ label: "storage" });
  await inspector(page).getByRole("button", { name: "Add", exact: true }).click();
  await expect(pair(page, /^nas to vps, direct/)).toBeAttached();
  await inspector(page).getByRole("radio", { name: /^Everyone/ }).check();
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
});

test("the mesh gets IPv6, names and an exit", async ({ page }) => {
  await begin(page);
  await inspector(page).getByRole("button", { name: "Add IPv6" }).click();
  await expect(inspector(page).getByLabel("Tunnel IPv6", { exact: true })).toHaveValue(/^fd[0-9a-f:]+::\/64$/);
  await inspector(page).getByRole("switch", { name: "Machines have names" }).click();
  await expect(inspector(page).getByText("nas is found as nas.mesh.internal.")).toBeVisible();
  await inspector(page).getByLabel("Domain", { exact: true }).fill("home.internal");
  await expect(inspector(page).getByText("nas is found as nas.home.internal.")).toBeVisible();
  await inspector(page).getByLabel("Who answers", { exact: true }).selectOption({ label: "vps" });
  await inspector(page).getByRole("switch", { name: "It answers for all other names, too" }).click();

  await select(page, machine(page, "vps"), "vps");
  await expect(inspector(page).getByLabel("Tunnel IPv6", { exact: true })).toHaveValue(/^fd/);
  await inspector(page).getByRole("switch", { name: "Offers its internet connection" }).click();
  await select(page, machine(page, "pi"), "pi");
  await inspector(page).getByLabel("Internet via", { exact: true }).selectOption({ label: "vps" });
  await more(page);
  await inspector(page).getByLabel("Only through", { exact: true }).selectOption({ label: "vps" });
  await inspector(page).getByRole("switch", { name: "Reaches 192.168.1.0/24" }).click();
  await inspector(page).getByLabel("Tunnel MTU", { exact: true }).fill("1380");
  await expect(inspector(page).getByText("Set: only through, leaves out, MTU")).toBeVisible();

  // All of it is still there after a reload.
  await expect(page.getByText("Saved in this browser")).toBeVisible();
  await page.reload();
  await untilReady(page);
  await select(page, machine(page, "pi"), "pi");
  await expect(inspector(page).getByText("Set: only through, leaves out, MTU")).toBeVisible();
  await expect(inspector(page).getByLabel("Internet via", { exact: true })).toHaveValue("vps");
});

test("one asks what would help, and follows it in one step", async ({ page }) => {
  await begin(page);
  await select(page, pair(page, /^nas to pi/), /nas.*pi/);
  const help = inspector(page).getByRole("group", { name: "What would help" });
  await help.getByRole("button", { name: "What would help?" }).focus();
  await page.keyboard.press("Enter");
  // The focus stays where the answer is.
  await expect(help).toBeFocused();
  await expect(help.getByRole("heading", { name: "What would help most" })).toBeVisible();
  await expectAccessible(page);
  const best = help.getByRole("button").first();
  await expect(best).toContainText("becomes direct");
  await best.click();
  // It is one step, and it leads to what only the person can say.
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByRole("button", { name: "Nothing to undo" })).toBeVisible();
  await select(page, pair(page, /^nas to pi, relayed via vps/), /nas.*pi/);
  // A pair that is as good as it gets has nothing to ask.
  await select(page, pair(page, /^nas to vps, direct/), /nas.*vps/);
  await expect(help).toHaveCount(0);
});

test("one takes a machine away and sees who is cut off", async ({ page }) => {
  await begin(page);
  await select(page, machine(page, "vps"), "vps");
  const question = inspector(page).getByRole("button", { name: "What if vps is away?" });
  await question.click();
  await expect(inspector(page).getByText("nas and pi lose each other, and there is no other way.")).toBeVisible();
  await expect(page.getByText("If vps is away, 1 pair is cut off.")).toBeVisible();
  await expect(pair(page, /^nas to pi, impossible/)).toBeAttached();
  await expectAccessible(page);
  // Nothing was changed, and one step leads back.
  await expect(page.getByText("6 of 6 pairs proved")).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(pair(page, /^nas to pi, relayed via vps/)).toBeAttached();
  await expect(question).toHaveAttribute("aria-pressed", "false");
  // An edit ends the question, too.
  await question.click();
  await inspector(page).getByRole("switch", { name: "Offers its internet connection" }).click();
  await expect(question).toHaveAttribute("aria-pressed", "false");
});

test("two routers that keep ports let both ends open the path", async ({ page }) => {
  await begin(page);
  for (const site of ["Home", "Friend's place"]) {
    await select(page, place(page, site), site);
    await inspector(page).getByRole("radio", { name: /that changes/ }).check();
    await inspector(page).getByLabel("DNS name", { exact: true }).fill(site === "Home" ? "home.example.net" : "friend.example.net");
    await more(page);
    await inspector(page).getByRole("radio", { name: /^It keeps them/ }).check();
  }
  await select(page, pair(page, /^nas to pi/), /nas.*pi/);
  await inspector(page).getByRole("radio", { name: /^Direct/ }).check();
  await expect(pair(page, /^nas to pi, direct, opened by both ends/)).toBeAttached();
  await expect(page.getByRole("list", { name: "Pairs by verdict" })).toContainText("simultaneous open");
  await expectAccessible(page);
});

test("facts are stated by keyboard alone", async ({ page }) => {
  await begin(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = page.locator(":focus");
  /** Tabs forward until the element with this id has the focus. */
  const tabTo = async (id: RegExp) => {
    for (let step = 0; step < 80; step++) {
      await press("Tab");
      if (id.test((await focused.getAttribute("id").catch(() => null)) ?? "")) return;
    }
    throw new Error(`Tab never reaches ${id}`);
  };
  await select(page, place(page, "Home"), "Home");
  // A group of radio buttons is one stop; the arrows choose.
  await tabTo(/^site-gives-/);
  await expect(inspector(page).getByRole("radio", { name: /^I don.t know yet/ })).toBeFocused();
  await press("ArrowUp");
  await expect(inspector(page).getByRole("radio", { name: /^No public IPv4 address/ })).toBeChecked();
  await press("ArrowUp");
  await tabTo(/^site-dns$/);
  await page.keyboard.type("home.example.net");
  await tabTo(/^site-ipv6-/);
  await press("ArrowDown");
  await expect(inspector(page).getByRole("radio", { name: /^Yes, filtered by the router/ })).toBeChecked();
  for (let step = 0; step < 5 && !(await focused.evaluate((element) => element.matches("summary.more__line"))); step++) await press("Tab");
  await press("Enter");
  await tabTo(/^site-nat-/);
  await press("ArrowDown");
  await expect(inspector(page).getByRole("radio", { name: /^It keeps them/ })).toBeChecked();

  await select(page, machine(page, "nas"), "nas");
  await tabTo(/^node-forward$/);
  await press("Space");
  await expect(pair(page, /^nas to pi, direct: pi dials nas at home\.example\.net/)).toBeAttached();
  await tabTo(/^node-groups$/);
  await page.keyboard.type("storage");
  await press("Enter");
  await expect(inspector(page).getByRole("status").filter({ hasText: "Added the group storage." })).toBeAttached();
  await expect(focused).toHaveAttribute("id", "node-groups");
  await press("Backspace");
  await expect(inspector(page).getByRole("button", { name: /Remove the group/ })).toHaveCount(0);
});

test("every new field is accessible in both themes, wide and narrow", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [[1440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.goto("./");
      await untilReady(page);
      await page.evaluate(() => localStorage.clear());
      await page.reload();
      await begin(page);
      await select(page, place(page, "Home"), "Home");
      await inspector(page).getByRole("radio", { name: /that stays the same/ }).check();
      await inspector(page).getByLabel("Public IPv4", { exact: true }).fill("100.64.1.1");
      await more(page);
      await expectAccessible(page);
      await select(page, machine(page, "nas"), "nas");
      await inspector(page).locator("#node-groups").fill("storage,");
      await more(page);
      await expectAccessible(page);
      await selectPlan(page);
      if (width < 900) {
        await page.getByRole("button", { name: "Show more of the inspector" }).click();
        await page.getByRole("button", { name: "Show all of the inspector" }).click();
      }
      await inspector(page).getByRole("radio", { name: /^Only these groups/ }).check();
      await inspector(page).getByRole("switch", { name: "Machines have names" }).click();
      await more(page);
      await expectAccessible(page);
      const wider = await inspector(page).evaluate((pane) => document.documentElement.scrollWidth > innerWidth || pane.scrollWidth > pane.clientWidth);
      expect(wider, "nothing scrolls sideways").toBe(false);
    }
  }
});
