// What a person does in a browser that is driven by WebDriver: looks for
// something by its words, points at it, presses, types.

const KEYS = { Control: "\uE009", Shift: "\uE008", Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", ArrowDown: "\uE015", Delete: "\uE017", F6: "\uE036" };
const LEFT = { type: "pointerDown", button: 0 };
const LIFT = { type: "pointerUp", button: 0 };

/** Runs in the page: the first element that shows, fits the selector and has these words. */
const FIND = `
  const [selector, words] = arguments;
  const said = (element) => element.getAttribute("aria-label") ?? element.textContent;
  const fits = (element) => !words || new RegExp(words).test(said(element).trim());
  const found = [...document.querySelectorAll(selector)].find((element) => fits(element) && element.checkVisibility());
  if (!found) return null;
  found.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = found.getBoundingClientRect();
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), text: said(found), value: found.value ?? null };
`;

/** Hands for a browser of drivers.mjs. */
export function handsOf(driver, patience = 20_000) {
  const key = (name) => KEYS[name] ?? name;
  const hands = {
    driver,
    pause: (time) => new Promise((resolve) => setTimeout(resolve, time)),

    /** Waits until the script answers with something, and answers that. */
    async until(what, script, ...args) {
      const since = Date.now();
      for (;;) {
        // A page that is on its way cannot be asked.
        const answer = await driver.run(script, ...args).catch((error) => (Date.now() - since < patience ? null : Promise.reject(error)));
        if (answer) return answer;
        if (Date.now() - since > patience) throw new Error(`this does not come to be: ${what}`);
        await hands.pause(100);
      }
    },
    see: (selector, words = null) => hands.until(`${selector}${words ? ` "${words}"` : ""} shows`, FIND, selector, words),
    gone: (selector, words = null) => hands.until(`${selector} is gone`, `return !(function () { ${FIND} })(arguments[0], arguments[1]);`, selector, words),

    /** Presses the button of the mouse at a place, once or more. */
    async press(at, times = 1) {
      const presses = Array.from({ length: times }, () => [LEFT, LIFT]).flat();
      const actions = [{ type: "pointerMove", x: at.x, y: at.y, duration: 0, origin: "viewport" }, ...presses];
      await driver.act([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
    },
    /** Presses what stands still, as nobody hits what still scrolls or grows. */
    async click(selector, words = null) {
      let at = await hands.see(selector, words);
      for (;;) {
        await hands.pause(120);
        const now = await hands.see(selector, words);
        if (now.x === at.x && now.y === at.y) break;
        at = now;
      }
      await hands.press(at);
    },
    /** Presses keys together, such as "Control k". */
    async keys(together) {
      const names = together.split(" ").map(key);
      const actions = [...names.map((value) => ({ type: "keyDown", value })), ...names.reverse().map((value) => ({ type: "keyUp", value }))];
      await driver.act([{ type: "key", id: "keys", actions }]);
    },
    async type(text) {
      const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
      await driver.act([{ type: "key", id: "keys", actions }]);
    },
    /** Puts text into a field in place of what it holds. */
    async fill(selector, text) {
      await hands.click(selector);
      await hands.keys("Control a");
      await hands.type(text);
      await hands.until(`${selector} holds ${text}`, "return document.querySelector(arguments[0])?.value === arguments[1]", selector, text);
    },
  };
  return hands;
}
