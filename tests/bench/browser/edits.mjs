// How long an edit takes until it is on the screen.
import { central, ground, latency, machineOf, open, settled } from "./stage.mjs";
import { head, line, summary, unmeasured } from "./report.mjs";

/** How long an edit may take, by the number of machines. */
const EDIT = { 50: 16, 100: 16, 300: 50 };

/** Measures edits of one plan. */
export async function edits({ browser, site, rounds }, title, plan) {
  const { context, page } = await open(browser, site, plan);
  head(title);
  const target = await machineOf(page, plan);
  const limit = EDIT[plan.nodes.length];
  const show = async (what, promise, watch, act) => {
    const found = await latency(page, rounds, watch, act);
    if (found.length < rounds) {
      unmeasured(what, `${rounds - found.length} of ${rounds} did not show within 5 s`);
      return;
    }
    line(what, summary(found.map(({ work }) => work)), { promise });
    const parts = ["handling", "painting", "total"].map((part) => `${part} ${summary(found.map((one) => one[part])).p50.toFixed(1)}`);
    console.log(`    of which in the middle: ${parts.join(", ")}`);
  };
  // Whatever changes the plan puts its proof in doubt, in the same step.
  const changed = { sign: ".app", attribute: "data-proof" };

  await page.mouse.click(target.at.x, target.at.y);
  await page.waitForSelector("#node-relay");
  await show("a switch (may relay)", limit, { ...changed, type: "click", selector: "#node-relay" }, () => page.locator("#node-relay").click());
  await show("a letter (listen port)", limit, { ...changed, type: "input", selector: "#node-port" }, async (round) => {
    await page.locator("#node-port").focus();
    await page.keyboard.press(round % 2 ? "Backspace" : "5");
  });
  await page.locator("#node-name").focus();
  await page.keyboard.press("End");
  await show("a letter (name)", limit, { type: "input", selector: "#node-name", sign: ".nodes" }, (round) => page.keyboard.press(round % 2 ? "Backspace" : "b"));
  // Another letter stays, so that there is something to undo.
  await page.keyboard.press("c");
  await settled(page);
  await page.locator("#inspector").focus();
  await show("undo and redo of a name", limit, { type: "keydown", selector: "body", sign: ".nodes" }, (round) => page.keyboard.press(round % 2 ? "Control+Shift+Z" : "Control+Z"));
  await page.locator("#node-relay").click();
  await settled(page);
  await page.locator("#inspector").focus();
  await show("undo and redo of a switch", limit, { ...changed, type: "keydown", selector: "body" }, (round) => page.keyboard.press(round % 2 ? "Control+Shift+Z" : "Control+Z"));

  const free = await ground(page);
  const { at } = await central(page);
  await page.mouse.click(free.x, free.y);
  await show("select a machine, and nothing", 100, { type: "pointerdown", selector: ".canvas", sign: "#inspector" }, async (round) => {
    const to = round % 2 ? free : at;
    await page.mouse.move(to.x, to.y);
    await page.waitForTimeout(80);
    await page.mouse.down();
    await page.mouse.up();
  });
  await slowest(page);
  await context.close();
}

/** What the browser says of the inputs so far. */
export async function slowest(page) {
  const slow = await page.evaluate(() => globalThis.bench.slowest());
  line("interaction to next paint, those above 16 ms", summary(slow.length > 0 ? slow : [0]), { promise: 100, note: `${slow.length} of them` });
}
