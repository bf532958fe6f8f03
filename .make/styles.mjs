// Joins the style sheets into one, target/styles/meshwright.css, without
// comments and indentation: one file compresses to less than many, and is one
// request. What only the late part of the page needs goes into late.css, which
// static/boot.js asks for once the page is there. Trunk runs this before it puts
// the page together.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
// In the order of cascade layers; within a layer, what overrides comes later.
const SHEETS = [
  "tokens", "base", "layout", "components", "field", "bar", "inspector", "pair", "drawer", "overlay", "narrow",
  "canvas", "lines", "cards", "tools",
];
// Nothing above may have to override these.
const LATE = ["dialog", "select", "matrix", "mosaic", "walk", "qr", "guide", "proof", "palette", "projects", "table", "afar", "minimap", "print", "contrast"];

const there = (await readdir(new URL("static/css/", root))).filter((name) => name.endsWith(".css"));
const forgotten = there.filter((name) => ![...SHEETS, ...LATE].includes(name.slice(0, -4)));
if (forgotten.length > 0) throw new Error(`${forgotten.join(", ")}: not in the list in ${fileURLToPath(import.meta.url)}`);

/** Joins sheets into one file. */
async function join(names, file) {
  const sheets = await Promise.all(names.map((name) => readFile(new URL(`static/css/${name}.css`, root), "utf8")));
  const joined = sheets
    .join("\n")
    .replace(/\/\*[^]*?\*\//g, "")
    // No text in these sheets holds two blanks, a line break or a blank beside one of these.
    .replace(/\s+/g, " ")
    .replace(/ ?([{};]) ?/g, "$1")
    .replace(/([:,]) /g, "$1")
    .replace(/;}/g, "}")
    .trim();
  await writeFile(new URL(`target/styles/${file}`, root), joined + "\n");
}

await mkdir(new URL("target/styles/", root), { recursive: true });
await join(SHEETS, "meshwright.css");
await join(LATE, "late.css");
