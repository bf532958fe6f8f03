// Tells the main story of the page in dist/ (or $MESHWRIGHT_DIST) to Firefox
// and to WebKit:
//
//   node tests/browsers/run.mjs [--pictures DIR] [firefox] [webkit]
//
// A browser that is not there is left out loudly, and is no success either.
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../browser/server.mjs";
import { firefox, webkit } from "./drivers.mjs";
import { tell } from "./story.mjs";

const root = process.env.MESHWRIGHT_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));
const args = process.argv.slice(2);
const pictures = args.includes("--pictures") ? args.splice(args.indexOf("--pictures"), 2)[1] : null;
const BROWSERS = {
  firefox: { open: firefox, programs: [process.env.FIREFOX, "firefox-esr", "firefox"] },
  webkit: { open: webkit, programs: [process.env.WEBKIT_DRIVER, "WebKitWebDriver"] },
};

/** The first of some programs that is there. */
function program(names) {
  for (const name of names.filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v -- "$0"', name], { encoding: "utf8" }).trim();
    } catch {
      // The next one, then.
    }
  }
  return null;
}

let [passed, failed, skipped] = [0, 0, 0];
for (const name of args.length > 0 ? args : Object.keys(BROWSERS)) {
  const { open, programs } = BROWSERS[name];
  const path = program(programs);
  if (!path) {
    skipped += 1;
    console.log(`\n!!!! SKIPPED, NOT TESTED: ${name} is not installed here`);
    continue;
  }
  const site = await serve({ root });
  let driver;
  try {
    driver = await open(path);
    console.log(`\n${driver.name}`);
    await driver.size(1440, 980);
    let number = 0;
    const step = async (what, does) => {
      number += 1;
      const keep = async () => {
        if (!pictures) return;
        // Some paint a little later than they say.
        await new Promise((resolve) => setTimeout(resolve, 400));
        await writeFile(join(pictures, `${name}-${String(number).padStart(2, "0")}.png`), await driver.picture());
      };
      if (pictures) await mkdir(pictures, { recursive: true });
      try {
        await does();
      } catch (error) {
        console.log(`  ✗ ${what}`);
        await keep().catch(() => {});
        throw error;
      }
      passed += 1;
      console.log(`  ✓ ${what}`);
      await keep();
    };
    await tell({ driver, site, step });
  } catch (error) {
    failed += 1;
    console.log(`    ${error.message}`);
  } finally {
    await driver?.close();
    await site.close();
  }
}
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || skipped > 0 ? 1 : 0;
