// The main story of the page, from nothing to the files and back after a
// reload, told to any browser that hands.mjs can drive.
import assert from "node:assert/strict";
import { handsOf } from "./hands.mjs";

/** Runs in the page: files are caught where they would be saved, and printing is noted. */
const CATCH = `
  const caught = (window.caught = []);
  const blobs = new Map();
  const offer = URL.createObjectURL;
  URL.createObjectURL = (blob) => { const url = offer.call(URL, blob); blobs.set(url, blob); return url; };
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    const one = { name: this.download };
    caught.push(one);
    blob?.arrayBuffer().then((bytes) => { one.head = String.fromCharCode(...new Uint8Array(bytes).slice(0, 300)); one.size = bytes.byteLength; });
  };
  window.print = () => { window.printed = true; };
  const faults = (window.faults = []);
  addEventListener("error", (event) => faults.push(event.message));
  addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective + " " + event.blockedURI));
  return true;
`;

/**
 * Tells the story in steps; each has a name, and a picture is taken after it.
 *
 * @param {{ driver: object, site: object, step: (name: string, does: () => Promise<void>) => Promise<void> }} parts
 */
export async function tell({ driver, site, step: outer }) {
  const hands = handsOf(driver);
  /** After each step the page as a whole scrolls nowhere: what scrolls are its panes. */
  const step = (name, does) =>
    outer(name, async () => {
      await does();
      const over = await driver.run("const page = document.documentElement; return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight];");
      assert.ok(over.every((pixels) => pixels <= 0), `the page scrolls by ${over.join(" and ")} pixels`);
    });
  const link = (words) => hands.see("[role=button]", words);
  const canvas = (x, y) => hands.until("the canvas shows", "const box = document.querySelector('.canvas__drawing')?.getBoundingClientRect(); return box && { x: Math.round(box.x + arguments[0]), y: Math.round(box.y + arguments[1]) };", x, y);
  const add = async (x, y, what) => {
    await hands.press(await canvas(x, y), 2);
    await hands.click("[role=menuitem]", what);
  };
  const ready = async () => {
    await hands.until("the page can be worked with", "return !window.stale && document.querySelector('#inspector') !== null");
    await driver.run(CATCH);
  };
  // As a person does it: what WebDriver calls a refresh goes past the service worker in Firefox.
  const reload = () => driver.run("window.stale = true; setTimeout(() => location.reload()); return true");
  const caught = (pattern) => hands.until(`a file ${pattern} is handed over`, "return (window.caught ?? []).find((one) => one.size && new RegExp(arguments[0]).test(one.name))", pattern);
  const search = async (text, words) => {
    await hands.keys("Control k");
    await hands.see("#palette-field");
    await hands.type(text);
    await hands.see("[role=option]", words);
    await hands.keys("Enter");
  };

  await step("the first visit shows the example, proved", async () => {
    await driver.go(site.url);
    await ready();
    await hands.see(".status", "6 of 6");
    await hands.see(".start button", "Start empty");
  });

  await step("three machines are drawn with the mouse", async () => {
    await hands.click(".start button", "Start empty");
    await hands.gone(".start button", "Start empty");
    await hands.pause(300);
    await add(420, 130, "Server on the internet");
    await hands.fill("#node-name", "vps");
    await hands.fill("#node-v4", "203.0.113.1");
    await add(60, 330, "Site");
    await hands.fill("#site-name", "Home");
    await hands.click("#inspector button", "Add machine here");
    await hands.fill("#node-name", "nas");
    await add(560, 330, "Site");
    await hands.fill("#site-name", "Friend");
    await hands.click("#inspector button", "Add machine here");
    await hands.fill("#node-name", "pi");
    await link("^nas to vps, direct");
    await link("^nas to pi, relayed via vps: Both ends are behind NAT");
    await hands.see(".status", "6 of 6");
  });

  await step("a link is selected and says why it is as it is", async () => {
    await hands.press(await link("^nas to pi, relayed"));
    await hands.see("#inspector", "vps can read this traffic");
  });

  await step("a phone joins", async () => {
    await add(800, 130, "Phone");
    await hands.fill("#node-name", "phone");
    await hands.see("[data-node]", "^phone, ");
    await hands.see(".status", "12 of 12");
  });

  await step("undo and redo", async () => {
    // Whoever types takes back letters with the same keys.
    await hands.press(await canvas(300, 20));
    const undo = async () => driver.run("return document.querySelector('.top-bar__history button').getAttribute('aria-label')");
    const before = await undo();
    await hands.keys("Control z");
    await hands.until("something was undone", "return document.querySelector('.top-bar__history button').getAttribute('aria-label') !== arguments[0]", before);
    await hands.keys("Control Shift z");
    await hands.until("it was made again", "return document.querySelector('.top-bar__history button').getAttribute('aria-label') === arguments[0]", before);
  });

  await step("a card is moved with the mouse", async () => {
    const at = await hands.see("[data-node]", "^phone, ");
    const middle = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" } };
    const move = (x, y) => ({ type: "pointerMove", x, y, duration: 50, origin: "viewport" });
    await driver.act([{ ...middle, actions: [move(at.x, at.y), { type: "pointerDown", button: 0 }, move(at.x + 20, at.y + 20), move(at.x + 60, at.y + 40), { type: "pointerUp", button: 0 }] }]);
    await hands.see(".top-bar__history button", "Undo: Move phone");
    const there = await hands.see("[data-node]", "^phone, ");
    assert.ok(Math.abs(there.x - at.x - 60) < 16, `it lies where it was let go, and not ${there.x - at.x} further`);
    // Out of the way of what is drawn beneath it.
    await hands.press(await canvas(20, 20));
  });

  await step("the files are there, with keys and the phone's QR code", async () => {
    await hands.click("#tab-files");
    await hands.click(".file-row", "^phone");
    await hands.see("[data-line]", "PrivateKey");
    await hands.click("#drawer button", "Show QR code");
    await hands.see("[role=img]", "QR code with the tunnel of phone");
  });

  await step("the matrix and the way of packets through it", async () => {
    await hands.click("#tab-matrix");
    await hands.click("[role=gridcell]", "nas.*pi");
    await hands.see("#drawer .walk");
  });

  await step("the guide", async () => {
    await hands.click("#tab-guide");
    await hands.see("#drawer .guide");
  });

  let files;
  await step("everything is downloaded as a zip, the drawing as SVG and PNG", async () => {
    await hands.click(".drawer__toggle");
    await hands.keys("Control e");
    const zip = await caught("\\.zip$");
    assert.equal(zip.head.slice(0, 2), "PK");
    files = zip.size;
    await hands.click("[popovertarget=menu-project]:not([popovertargetaction])");
    await hands.click("#menu-project button", "Drawing as SVG");
    assert.match((await caught("\\.svg$")).head, /^<svg|^<\?xml/);
    await hands.click("[popovertarget=menu-project]:not([popovertargetaction])");
    await hands.click("#menu-project button", "Drawing as PNG");
    assert.equal((await caught("\\.png$")).head.slice(1, 4), "PNG");
  });

  await step("the overview is printed", async () => {
    await hands.click("[popovertarget=menu-project]:not([popovertargetaction])");
    await hands.click("#menu-project button", "Print overview");
    await hands.until("the browser is asked to print", "return window.printed === true");
  });

  await step("a machine is found by its name", async () => {
    await hands.press(await canvas(20, 20));
    await search("nas", "^nas");
    await hands.see("#inspector-title", "^nas$");
  });

  await step("the menu of the project", async () => {
    await hands.click("[popovertarget=menu-project]:not([popovertargetaction])");
    await hands.see("#menu-project");
  });

  await step("the table", async () => {
    await hands.keys("Escape");
    await hands.click(".view-switch button", "Table");
    await hands.see("#machines td", "^nas");
    await hands.press(await hands.see("#machines td.col-port"));
    await hands.pause(300);
  });

  await step("the canvas by night", async () => {
    await hands.keys("Escape");
    await hands.click(".view-switch button", "Canvas");
    await hands.click(".top-bar__theme");
    await hands.until("it is dark", "return document.documentElement.dataset.theme === 'dark'");
    await hands.see(".canvas__drawing");
  });

  const check = async () => {
    await hands.see("[data-node]", "^phone, ");
    await link("^nas to vps, direct");
    await hands.click("#tab-files");
    await hands.click(".file-row", "^phone");
    await hands.see("[data-line]", "PrivateKey");
    await hands.click(".drawer__toggle");
    await hands.keys("Control e");
    assert.equal((await caught("\\.zip$")).size, files, "the same archive, with the same keys");
  };
  await step("after a reload everything is there, keys included", async () => {
    await hands.until("the plan is stored", "return Object.keys(localStorage).some((key) => key.startsWith('meshwright.plan.'))");
    assert.deepEqual(await driver.run("return window.faults"), []);
    await reload();
    await ready();
    await check();
  });

  await step("the same without a network", async () => {
    await hands.until("the page is kept", "return navigator.serviceWorker?.controller?.state === 'activated'");
    await site.close();
    await reload();
    await ready();
    await check();
    assert.deepEqual(await driver.run("return window.faults"), []);
  });

  await step("a narrow window", async () => {
    await driver.size(500, 900);
    await hands.pause(800);
  });
}
