// Starts the app and keeps it: loads the WebAssembly module, says in plain
// words what is wrong if that fails, then registers the service worker.

const script = document.querySelector("script[data-js]");
const version = document.querySelector('meta[name="version"]')?.content ?? "dev";
const address = (path) => new URL(path, document.baseURI).href;

/** Puts a sentence where the app would be. */
function tell(text) {
  let place = document.getElementById("boot-message");
  if (!place) {
    place = document.createElement("p");
    place.id = "boot-message";
    document.body.prepend(place);
  }
  place.setAttribute("role", "alert");
  place.textContent = text;
}

/** Asks for the styles of what the first picture does not show. */
function dress() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  // The service worker finds a file whatever stands behind the question mark.
  sheet.href = address(`late.css?${version}`);
  document.head.append(sheet);
}

/** Answers whether the app runs. */
async function start() {
  if (typeof WebAssembly !== "object") {
    tell("This browser has WebAssembly switched off, and Meshwright cannot run without it. Another browser, or a less strict profile of this one, will do.");
    return false;
  }
  try {
    const app = await import(address(script.dataset.js));
    await app.default({ module_or_path: address(script.dataset.wasm) });
    dress();
    return true;
  } catch (error) {
    console.error(error);
    tell(`Meshwright could not start (${error?.message ?? error}). Reload the page. If that does not help, try a current version of Firefox, Chrome or Safari.`);
    return false;
  }
}

/**
 * Keeps this version on the machine, and offers a newer one.
 *
 * The page hears of a newer version by the event `meshwright-update-ready` on
 * `window`; `data-update="ready"` on the root element says the same to a page
 * that began to listen later. It asks for the change, when the user wants it,
 * by sending `meshwright-update-accept` to `window`. Nothing is forced.
 */
async function keep(running) {
  const registration = await navigator.serviceWorker.register(address("sw.js"), { updateViaCache: "none" });

  const accept = () => {
    if (!registration.waiting) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting.postMessage({ type: "activate-update" });
  };
  const offer = () => {
    // On a first visit the worker passes through "waiting" as well, but it
    // replaces nothing.
    if (!registration.waiting || !registration.active) return;
    if (!running) {
      // A version that does not start has nobody to ask and nothing to lose.
      accept();
      return;
    }
    document.documentElement.dataset.update = "ready";
    window.dispatchEvent(new CustomEvent("meshwright-update-ready"));
  };
  const watch = (worker) => worker?.addEventListener("statechange", () => {
    if (worker.state === "installed") offer();
  });

  window.addEventListener("meshwright-update-accept", accept);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing);
  offer();
}

/** While developing, a worker of an earlier release must not answer. */
async function forget() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (registration.scope === address("./")) await registration.unregister();
  }
}

const running = await start();
if ("serviceWorker" in navigator && isSecureContext) {
  try {
    await (version === "dev" ? forget() : keep(running));
  } catch (error) {
    // Private windows and strict settings refuse workers. The app works all
    // the same, it only needs the network to load.
    console.warn("Meshwright is not kept for use without a network:", error);
  }
}
