// Firefox and WebKit as one drives them without a library: Firefox speaks
// Marionette on a socket, WebKit has a WebDriver server. The commands are the
// same ones, from the WebDriver standard.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** A port that nobody listens on. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Tries until it works, for as long as a slow machine takes to start a browser. */
async function soon(what) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await what();
    } catch (error) {
      if (tries > 120) throw error;
      await pause(250);
    }
  }
}

/** Starts a program whose end is our own business. */
function start(program, args, env = {}) {
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...env } });
  child.on("error", () => {});
  return {
    async end() {
      if (child.exitCode !== null) return;
      const over = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await Promise.race([over, pause(5000)]);
      if (child.exitCode === null) child.kill("SIGKILL");
    },
  };
}

/** Marionette: each message is its length, a colon and JSON. */
class Marionette {
  #socket;
  #waiting = new Map();
  #number = 0;
  #rest = Buffer.alloc(0);

  static async open(port) {
    const line = new Marionette();
    line.#socket = await soon(() => new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(socket));
      socket.once("error", reject);
    }));
    line.#socket.on("data", (bytes) => line.#take(bytes));
    return line;
  }

  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const colon = this.#rest.indexOf(":");
      const length = Number(this.#rest.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || this.#rest.length < colon + 1 + length) return;
      const message = JSON.parse(this.#rest.subarray(colon + 1, colon + 1 + length));
      this.#rest = this.#rest.subarray(colon + 1 + length);
      // The greeting is no answer to anything.
      if (!Array.isArray(message)) continue;
      const [, number, error, result] = message;
      const { resolve, reject } = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }

  send(name, params = {}) {
    this.#number += 1;
    const text = JSON.stringify([0, this.#number, name, params]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.#waiting.set(this.#number, { resolve, reject }));
  }

  close() {
    this.#socket.destroy();
  }
}

const PREFERENCES = {
  // Nothing is asked for but the page.
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "toolkit.telemetry.enabled": false,
};

/** Firefox, with a profile of its own. */
export async function firefox(program) {
  const home = await mkdtemp(join(tmpdir(), "meshwright-"));
  const port = await freePort();
  const lines = Object.entries({ ...PREFERENCES, "marionette.port": port }).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  await writeFile(join(home, "user.js"), lines.join("\n"));
  const process = start(program, ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", home], { MOZ_HEADLESS_WIDTH: "1440", MOZ_HEADLESS_HEIGHT: "1000" });
  let line;
  try {
    line = await Marionette.open(port);
    const { capabilities } = await soon(() => line.send("WebDriver:NewSession", {}));
    const send = (name, params) => line.send(`WebDriver:${name}`, params);
    return {
      name: `Firefox ${capabilities.browserVersion}`,
      go: (url) => send("Navigate", { url }),
      // In the world of the page itself, or what is put in its way is not there for it.
      run: async (script, ...args) => (await send("ExecuteScript", { script, args, sandbox: null, newSandbox: false })).value,
      act: (actions) => send("PerformActions", { actions }),
      size: (width, height) => send("SetWindowRect", { width, height }),
      picture: async () => Buffer.from((await send("TakeScreenshot", { full: false })).value, "base64"),
      async close() {
        line.close();
        await process.end();
        await rm(home, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  } catch (error) {
    line?.close();
    await process.end();
    throw error;
  }
}

/** Where distributions put WebKit's smallest browser. */
const MINI = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec", "/usr/lib"].flatMap((folder) =>
  ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map((version) => `${folder}/${version}/MiniBrowser`),
);

/** WebKit as GTK has it, which shares its engine with Safari, on a screen that nobody sees. */
export async function webkit(program) {
  const binary = process.env.WEBKIT_BROWSER ?? MINI.find(existsSync);
  if (!binary) throw new Error("WebKit's MiniBrowser is not where it is expected; name it with WEBKIT_BROWSER=…");
  const home = await mkdtemp(join(tmpdir(), "meshwright-"));
  const display = `:${90 + (process.pid % 100)}`;
  const screen = start("Xvfb", [display, "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]);
  const port = await freePort();
  const env = { DISPLAY: display, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1" };
  // Its sandbox wants namespaces, which containers refuse.
  const server = start(program, [`--port=${port}`], { ...env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" });
  const end = async () => {
    await server.end();
    await screen.end();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  try {
    const browser = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId, capabilities } = await soon(() => call("POST", "/session", { capabilities: { alwaysMatch: browser } }));
    const send = (method, path, body) => call(method, `/session/${sessionId}/${path}`, body);
    return {
      name: `WebKit (GTK) ${capabilities.browserVersion}`,
      go: (url) => send("POST", "url", { url }),
      run: (script, ...args) => send("POST", "execute/sync", { script, args }),
      act: (actions) => send("POST", "actions", { actions }),
      size: (width, height) => send("POST", "window/rect", { width, height }),
      picture: async () => Buffer.from(await send("GET", "screenshot"), "base64"),
      async close() {
        await call("DELETE", `/session/${sessionId}`).catch(() => {});
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
