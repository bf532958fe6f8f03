// Starts the page's program a second time, in a worker, where it does long
// work. What stops it is told to the page as text; its answers are bytes.
import start from "./meshwright.js";

const tell = (reason) => postMessage(String(reason?.message ?? reason));
addEventListener("unhandledrejection", (event) => tell(event.reason));
start().catch(tell);
