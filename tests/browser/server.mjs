// A static file server, as plain as the ones that will publish the page. It
// counts what it is asked for, so that a test can say "nothing was asked".
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves the folder `root` under the path `base` on a free port.
 *
 * @param {{ root: string, base?: string }} options
 */
export async function serve({ root, base = "/" }) {
  /** Every request so far, as "METHOD path?query". */
  const requests = [];

  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    try {
      if (!name.startsWith(base)) throw new Error("outside the base");
      // A leading slash keeps ".." from climbing above the folder.
      const body = await readFile(join(root, normalize(`/${name.slice(base.length)}`)));
      response.writeHead(200, {
        "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
        // What GitHub Pages sends. The worker must find a new version anyway.
        "Cache-Control": "max-age=600",
      });
      response.end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" });
      response.end("Not found\n");
    }
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });

  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    url: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    /** Cuts the network: open connections end, and new ones are refused. */
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
