// Installs React Flow in the version of the lock file, and bundles its page.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Puts the page into a folder, and says which versions it is made of. */
export async function build(folder) {
  if (!existsSync(join(here, "node_modules/@xyflow/react"))) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(here, "graph.jsx")],
    outfile: join(folder, "graph.js"),
    bundle: true,
    minify: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  await copyFile(join(here, "node_modules/@xyflow/react/dist/style.css"), join(folder, "graph.css"));
  const page = '<!doctype html><meta charset="utf-8"><title>React Flow</title><link rel="stylesheet" href="graph.css"><link rel="stylesheet" href="page.css"><div id="graph"></div><script src="graph.js"></script>';
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "page.css"), "html, body, #graph { margin: 0; height: 100%; }");
  const { default: manifest } = await import("./package.json", { with: { type: "json" } });
  return `React Flow ${manifest.dependencies["@xyflow/react"]}, React ${manifest.dependencies.react}`;
}
