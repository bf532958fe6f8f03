// Finishes a built site: tells the page where its code is, and gives it its version: the list of files, with hashes, that the
// service worker keeps, and the version in the page.
//
//   node .make/precache.mjs [DIR]
//
// Trunk runs this after each build and names the folder in TRUNK_STAGING_DIR.
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { linkCode } from "./code.mjs";

const WORKER = "sw.js";
const PAGE = "index.html";

/** Every file below `dir`, as sorted paths with slashes. */
async function filesBelow(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Replaces exactly one place, or fails: a silent miss would ship a worker that keeps nothing. */
function replaceOnce(text, pattern, replacement, file) {
  if (!pattern.test(text)) throw new Error(`${file} has no place that matches ${pattern}`);
  return text.replace(pattern, () => replacement);
}

/** Writes version and list into the site at `dir`, and returns the version. */
export async function stamp(dir) {
  const names = await filesBelow(dir);

  const whole = createHash("sha256");
  for (const name of names) {
    whole.update(`${name}\0`).update(await readFile(join(dir, name)));
  }
  const version = whole.digest("hex").slice(0, 12);

  const page = await readFile(join(dir, PAGE), "utf8");
  await writeFile(
    join(dir, PAGE),
    replaceOnce(page, /<meta name="version" content="[^"]*"/, `<meta name="version" content="${version}"`, PAGE),
  );

  const list = [];
  for (const name of names.filter((name) => name !== WORKER)) {
    const hash = createHash("sha256").update(await readFile(join(dir, name))).digest("base64");
    // Some hosts redirect index.html to its folder, and a redirected answer
    // cannot open a page. So the page is kept under the folder's address.
    list.push([name === PAGE ? "./" : name, `sha256-${hash}`]);
  }

  let worker = await readFile(join(dir, WORKER), "utf8");
  worker = replaceOnce(worker, /^const VERSION = .*;$/m, `const VERSION = ${JSON.stringify(version)};`, WORKER);
  worker = replaceOnce(worker, /^const FILES = .*;$/m, `const FILES = ${JSON.stringify(list)};`, WORKER);
  await writeFile(join(dir, WORKER), worker);
  return version;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const development = process.env.MESHWRIGHT_DEV === "1" || process.env.TRUNK_PROFILE === "debug";
  const dir = process.argv[2] ?? process.env.TRUNK_STAGING_DIR ?? "dist";
  await linkCode(dir);
  if (development) {
    console.log("Development build: the service worker stays off.");
  } else {
    console.log(`Version ${await stamp(dir)}`);
  }
}
