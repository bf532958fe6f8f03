// Holds the page in dist/ (or $MESHWRIGHT_DIST) to its promises about speed:
//
//   node tests/bench/browser/run.mjs [--quick] [--only edit,drag,…] [--sizes 50,100,300]
//
//   edit      an edit, from the input to the paint of what it changes
//   act       every interaction that people have with the page, to its next paint
//   drag      the time of a frame while machines, the pointer or the view move
//   start     from the address to the page, with its code in the browser's cache
//   memory    heaps and WebAssembly's memory of page and worker
//   compare   the same drag in React Flow, whose packages it installs first; only
//             where it is named, because it takes minutes
//
// Nothing else should run meanwhile: the figures are those of this machine, and
// the load beside each table says whether it was quiet.
import { fileURLToPath } from "node:url";
import { serve } from "../../browser/server.mjs";
import { compare } from "./compare.mjs";
import { drags } from "./drags.mjs";
import { edits } from "./edits.mjs";
import { interactions } from "./interactions.mjs";
import { memories } from "./memory.mjs";
import { full, mixed } from "./plans.mjs";
import { brokenPromises } from "./report.mjs";
import { launch, machine } from "./stage.mjs";
import { starts } from "./starts.mjs";

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1].split(",") : null);
const root = process.env.MESHWRIGHT_DIST ?? fileURLToPath(new URL("../../../dist", import.meta.url));
const quick = args.includes("--quick");
const parts = option("--only") ?? ["edit", "act", "drag", "start", "memory"];
const sizes = option("--sizes")?.map(Number) ?? [50, 100, 300];
const most = Math.max(...sizes);

const site = await serve({ root });
const browser = await launch();
console.log(machine(browser));
const tools = { browser, site, quick, rounds: quick ? 8 : 24, seconds: quick ? 2 : 5 };
try {
  if (parts.includes("edit")) {
    for (const count of sizes) {
      await edits(tools, `${count} machines, all public: edit to paint`, full(count));
      await edits(tools, `${count} machines, mixed: edit to paint`, mixed(count));
    }
  }
  if (parts.includes("act")) {
    for (const count of sizes.filter((count) => count >= 100)) await interactions(tools, `${count} machines, mixed: interaction to next paint`, mixed(count));
  }
  if (parts.includes("drag")) {
    await drags(tools, `${most} machines, all public: time of a frame`, full(most));
    if (!quick) await drags(tools, `${most} machines, mixed: time of a frame`, mixed(most));
  }
  if (parts.includes("start")) {
    await starts(tools, "the example", null);
    await starts(tools, `${most} machines, all public`, full(most));
  }
  if (parts.includes("memory")) await memories(tools, `${most} machines, all public: memory`, full(most));
  if (parts.includes("compare")) await compare(tools, sizes);
} finally {
  await browser.close();
  await site.close();
}
console.log(brokenPromises() === 0 ? "\nAll promises hold." : `\n${brokenPromises()} of the figures are above what is promised, or missing.`);
process.exitCode = brokenPromises() === 0 ? 0 : 1;
