// Tells the page in which folder its code is: the folder is named after what
// is in it, so the page cannot know beforehand.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PAGE = "index.html";
const PLACE = "code/HASH/";

/** Fills the code's folder into the page at `dir`. */
export async function linkCode(dir) {
  const folders = await readdir(join(dir, "code"));
  if (folders.length !== 1) throw new Error(`code/ holds ${folders.length} versions instead of one`);

  const path = join(dir, PAGE);
  const page = await readFile(path, "utf8");
  if (!page.includes(PLACE)) throw new Error(`${PAGE} names no ${PLACE}`);
  await writeFile(
    path,
    page
      .replaceAll(PLACE, `code/${folders[0]}/`)
      // Comments are for those who read the source.
      .replace(/\s*<!--[^]*?-->/g, "")
      // What told Trunk not to compile has done its work.
      .replace(/\s*<link [^>]*data-trunk-skip[^>]*>/, ""),
  );
}
