// Everything that people do with keys and clicks, one by one, and how long it
// takes until the browser paints again: the "interaction to next paint".
import { central, ground, open, proved, settled } from "./stage.mjs";
import { head, line, percentile, summary, unmeasured } from "./report.mjs";

const LIMIT = 100;

/**
 * What is done: a name, how, and what shows once it is done. `shown` runs in
 * the page and must be false before; `back` undoes it, unmeasured.
 */
const STEPS = [
  { name: "select a machine", act: (hands) => hands.click(hands.card), shown: () => Boolean(document.querySelector("#node-name")) },
  { name: "select nothing", act: (hands) => hands.click(hands.free), shown: () => !document.querySelector("#node-name") },
  { name: "walk on to the next machine (arrow)", before: (hands) => hands.select(), act: (hands) => hands.press("ArrowRight"), shown: () => document.activeElement?.closest(".node, .badge-mark, .site") !== globalThis.was, remember: () => (globalThis.was = document.activeElement) },
  { name: "rename a machine, a letter", before: async (hands) => (await hands.select(), await hands.focusEnd("#node-name")), act: (hands) => hands.press("x"), shown: () => document.querySelector("#inspector-title").textContent.endsWith("x") },
  { name: "undo", before: (hands) => hands.rest(), act: (hands) => hands.press("Control+z"), shown: () => !document.querySelector("#inspector-title").textContent.endsWith("x") },
  { name: "redo", act: (hands) => hands.press("Control+Shift+z"), shown: () => document.querySelector("#inspector-title").textContent.endsWith("x"), back: (hands) => hands.press("Control+z") },
  { name: "the machine may relay", act: (hands) => hands.click("#node-relay"), shown: () => document.querySelector(".app").dataset.proof !== "done", back: async (hands) => (await hands.rest(), await hands.press("Control+z")) },
  { name: "a letter of the port", before: (hands) => hands.focusEnd("#node-port"), act: (hands) => hands.press("5"), shown: () => document.querySelector(".app").dataset.proof !== "done", back: async (hands) => (await hands.rest(), await hands.press("Control+z")) },
  { name: "move a machine by key", before: (hands) => hands.select(), act: (hands) => hands.press("Shift+ArrowDown"), shown: moved, remember: place, back: (hands) => hands.press("Control+z") },
  { name: "duplicate a machine", before: (hands) => hands.select(), act: (hands) => hands.press("Control+d"), shown: counted, remember: count, back: (hands) => hands.press("Control+z") },
  { name: "delete a machine", before: (hands) => hands.select(), act: (hands) => hands.press("Delete"), shown: counted, remember: count, back: (hands) => hands.press("Control+z") },
  { name: "select everything", before: (hands) => hands.onCanvas(), act: (hands) => hands.press("Control+a"), shown: () => document.querySelectorAll(".node.is-selected").length > 1 },
  { name: "move everything by key", act: (hands) => hands.press("Shift+ArrowDown"), shown: moved, remember: place, back: (hands) => hands.press("Control+z") },
  { name: "give up what is selected", before: async (hands) => (await hands.onCanvas(), await hands.press("Control+a")), act: (hands) => hands.press("Escape"), shown: () => document.querySelectorAll(".node.is-selected").length === 0 },
  { name: "tidy everything", before: (hands) => hands.onCanvas(), act: (hands) => hands.press("Shift+t"), shown: stepped, remember: step, back: async (hands) => (await hands.onCanvas(), await hands.press("Control+z")) },
  ...["findings", "matrix", "files", "guide"].map((tab) => ({
    name: `open ${tab}`,
    act: (hands) => hands.click(`#tab-${tab}`),
    shown: { findings: () => document.querySelector("#drawer-panel .finding, #drawer-panel .empty, #drawer-panel p") !== null, matrix: () => document.querySelector("#drawer-panel [role=grid]") !== null, files: () => document.querySelector("#drawer-panel [data-line]") !== null, guide: () => document.querySelector("#drawer-panel h3, #drawer-panel li") !== null }[tab],
    back: (hands) => hands.shut(),
  })),
  { name: "the next file in the list", before: (hands) => hands.open("files", "[data-line]"), act: (hands) => hands.click(".file-row:not(.is-selected) >> nth=1"), shown: () => document.querySelector(".file-row.is-selected")?.textContent !== globalThis.was, remember: () => (globalThis.was = document.querySelector(".file-row.is-selected")?.textContent) },
  { name: "close the drawer", act: (hands) => hands.click(".drawer__toggle"), shown: () => !document.querySelector("#drawer-panel") },
  { name: "open the table", act: (hands) => hands.click(".view-switch [aria-pressed=false]"), shown: () => document.querySelector("#machines") !== null },
  { name: "a letter in the table's filter", before: (hands) => hands.focusEnd("#table-filter"), act: (hands) => hands.press("7"), shown: rows, remember: countRows, back: (hands) => hands.press("Backspace") },
  { name: "begin to edit a cell", before: (hands) => hands.focus("#machines td.col-address >> nth=3"), act: (hands) => hands.press("F2"), shown: () => document.querySelector("#machines .cell-edit input") !== null || document.activeElement?.tagName === "INPUT", back: (hands) => hands.press("Escape") },
  { name: "mark a row of the table", act: (hands) => hands.click("#machines tbody tr >> nth=2 >> input[type=checkbox]"), shown: () => document.querySelectorAll("#machines :checked").length !== globalThis.was, remember: () => (globalThis.was = document.querySelectorAll("#machines :checked").length), back: (hands) => hands.click("#machines tbody tr >> nth=2 >> input[type=checkbox]") },
  { name: "back to the canvas", act: (hands) => hands.click(".view-switch [aria-pressed=false]"), shown: () => document.querySelector(".canvas__drawing") !== null },
  { name: "open the search", before: (hands) => hands.rest(), act: (hands) => hands.press("Control+k"), shown: () => document.querySelector("#palette[open] [role=option]") !== null },
  { name: "the first letter of a search", act: (hands) => hands.press("n"), shown: found, remember: firstFound },
  { name: "the second letter of a search", act: (hands) => hands.press("o"), shown: found, remember: firstFound },
  { name: "down the list of what was found", act: (hands) => hands.press("ArrowDown"), shown: () => document.querySelector("#palette-field").getAttribute("aria-activedescendant") !== globalThis.was, remember: () => (globalThis.was = document.querySelector("#palette-field").getAttribute("aria-activedescendant")) },
  { name: "go to what was found", act: (hands) => hands.press("Enter"), shown: () => document.querySelector("#palette") === null, back: (hands) => hands.fit() },
  { name: "open the project menu", act: (hands) => hands.click("[popovertarget=menu-project]:not([popovertargetaction])"), shown: () => document.querySelector("#menu-project:popover-open") !== null },
  { name: "open all projects", act: (hands) => hands.click("#menu-project li:first-child button"), shown: () => document.querySelector("#projects[open]") !== null },
  { name: "close a dialog", act: (hands) => hands.press("Escape"), shown: () => document.querySelector("#projects") === null },
  { name: "open the sheet of keys", before: (hands) => hands.rest(), act: (hands) => hands.press("?"), shown: () => document.querySelector("#keys[open]") !== null, back: (hands) => hands.press("Escape") },
  { name: "ask whether to forget secrets", before: (hands) => hands.click("[popovertarget=menu-project]:not([popovertargetaction])"), act: (hands) => hands.click("#menu-project li:last-child button"), shown: () => document.querySelector("#dialog[open]") !== null, back: (hands) => hands.press("Escape") },
  { name: "the other theme", act: (hands) => hands.click(".top-bar__theme"), shown: () => document.documentElement.dataset.theme !== globalThis.was, remember: () => (globalThis.was = document.documentElement.dataset.theme) },
  { name: "German", before: (hands) => hands.click("[popovertarget=menu-project]:not([popovertargetaction])"), act: (hands) => hands.click("#menu-project [lang=de]"), shown: () => document.documentElement.lang === "de" },
  { name: "English", before: (hands) => hands.click("[popovertarget=menu-project]:not([popovertargetaction])"), act: (hands) => hands.click("#menu-project [lang=en]"), shown: () => document.documentElement.lang === "en" },
  { name: "zoom in", act: (hands) => hands.click(".zoom button >> nth=2"), shown: zoomed, remember: zoom },
  { name: "zoom to 100 %", act: (hands) => hands.click(".zoom__figure"), shown: () => document.querySelector(".zoom__figure").textContent.startsWith("100") },
  { name: "show everything", before: (hands) => hands.onCanvas(), act: (hands) => hands.press("f"), shown: zoomed, remember: zoom },
];

// These run in the page, before and after a step.
function place() {
  globalThis.was = (document.querySelector(".node.is-selected") ?? document.querySelector(".node"))?.getBoundingClientRect().y;
}
function moved() {
  return (document.querySelector(".node.is-selected") ?? document.querySelector(".node"))?.getBoundingClientRect().y !== globalThis.was;
}
function step() {
  globalThis.was = document.querySelector(".top-bar__history button").ariaLabel;
}
function stepped() {
  return document.querySelector(".top-bar__history button").ariaLabel !== globalThis.was;
}
function count() {
  globalThis.was = document.querySelectorAll(".node").length;
}
function counted() {
  return document.querySelectorAll(".node").length !== globalThis.was;
}
function countRows() {
  globalThis.was = document.querySelector("#machines").getAttribute("aria-rowcount");
}
function rows() {
  return document.querySelector("#machines").getAttribute("aria-rowcount") !== globalThis.was;
}
function firstFound() {
  globalThis.was = document.querySelector("#palette-list")?.textContent;
}
function found() {
  return document.querySelector("#palette-list")?.textContent !== globalThis.was;
}
function zoom() {
  globalThis.was = document.querySelector(".zoom__figure").textContent;
}
function zoomed() {
  return document.querySelector(".zoom__figure").textContent !== globalThis.was;
}

/** What one does on the way, unmeasured. */
function handsOf(page) {
  const hands = {
    press: (key) => page.keyboard.press(key),
    click: (what) => (typeof what === "string" ? page.locator(what).first().click() : page.mouse.click(what.x, what.y)),
    /** Away from every field, with what is selected left as it is. */
    rest: () => page.locator("#inspector").focus(),
    onCanvas: async () => {
      await page.mouse.click(hands.free.x, hands.free.y);
      await page.locator(".canvas [tabindex='0']").first().focus();
    },
    select: async () => {
      await page.mouse.click(hands.free.x, hands.free.y);
      await page.mouse.click(hands.card.x, hands.card.y);
      await page.waitForSelector("#node-name");
    },
    focus: (selector) => page.locator(selector).first().focus(),
    focusEnd: async (selector) => {
      await hands.focus(selector);
      await page.keyboard.press("End");
    },
    open: async (tab, sign) => {
      await page.locator(`#tab-${tab}`).click();
      await page.waitForSelector(`#drawer-panel ${sign}`);
    },
    shut: () => page.locator(".drawer__toggle").click(),
    fit: async () => {
      await hands.onCanvas();
      await page.keyboard.press("f");
      await page.waitForTimeout(300);
    },
  };
  return hands;
}

/** Does everything in turn, some times over, and prints what took longest. */
export async function interactions({ browser, site, quick }, title, plan) {
  const { context, page, cdp } = await open(browser, site, plan);
  // Of the page's own thread, so that others who use the machine do not count.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const hands = handsOf(page);
  hands.card = (await central(page)).at;
  hands.free = await ground(page);
  const found = new Map(STEPS.map(({ name }) => [name, { paint: [], shows: [], work: [], faults: [] }]));
  // The first round warms everything up.
  const rounds = quick ? 3 : 6;
  for (let round = 0; round < rounds; round += 1) {
    for (const step of STEPS) {
      const figures = found.get(step.name);
      try {
        const { paint, shows, work } = await measure(page, cdp, hands, step);
        if (shows === null) throw new Error("it did not show within 5 s");
        if (round > 0) (figures.paint.push(paint), figures.shows.push(shows), figures.work.push(work));
      } catch (error) {
        figures.faults.push(error.message.split("\n")[0]);
      }
    }
  }
  head(title);
  const all = [...found].map(([name, figures]) => ({ name, ...figures, worst: percentile(figures.paint, 0.95) }));
  for (const { name, paint, shows, work, faults } of all.sort((one, other) => (other.worst || 0) - (one.worst || 0))) {
    if (faults.length > 0) unmeasured(name, `${faults.length} of ${rounds} times: ${faults[0]}`);
    if (paint.length > 0) line(name, summary(paint), { promise: LIMIT, note: `shows after ${summary(shows).p50.toFixed(0)}, ${summary(work).p50.toFixed(0)} of work` });
  }
  await context.close();
}

/** One interaction: the longest that the browser names, the time until it shows, and how long the page worked for that. */
async function measure(page, cdp, hands, { before, act, shown, remember, back }) {
  await before?.(hands);
  await proved(page);
  await page.waitForTimeout(150);
  if (remember) await page.evaluate(`(${remember})()`);
  const worked = async () => (await cdp.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const begun = await worked();
  const since = await page.evaluate(`(globalThis.bench.until(${shown}), performance.now())`);
  await act(hands);
  const shows = await page.evaluate(() => globalThis.bench.found);
  const work = (await worked()) - begun;
  await page.waitForTimeout(200);
  // What took less than a frame is not told; 16 is the least that is.
  const paint = Math.max(16, ...(await page.evaluate((since) => globalThis.bench.slowest(since), since)));
  await back?.(hands);
  await proved(page);
  await page.waitForTimeout(100);
  return { paint, shows, work };
}
