// The table of figures, with what is promised of them.
import { loadavg } from "node:os";

let broken = 0;
/** How many figures were above what is promised. */
export const brokenPromises = () => broken;

const number = (value) => (Number.isFinite(value) ? value.toFixed(1) : "–").padStart(9);

/** The share `part` of some figures, from the smallest to the largest. */
export function percentile(figures, part) {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

/** One measure over some figures. */
export function summary(figures) {
  const max = figures.length > 0 ? Math.max(...figures) : NaN;
  return { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95), max, count: figures.length };
}

/** Begins a table; the load is what ran on this machine in the last minute, this benchmark with it. */
export function head(title) {
  console.log(`\n${`${title} (load ${loadavg()[0].toFixed(1)})`.padEnd(60)}${"p50".padStart(9)}${"p95".padStart(9)}${"max".padStart(9)}`);
}

/**
 * Prints one line of the table. A `promise` holds for the figure at `part`; one
 * that was never measured is broken.
 */
export function line(what, figures, { promise, part = "p95", unit = "ms", note = "" } = {}) {
  const kept = promise === undefined ? null : Number(figures[part].toFixed(1)) <= promise;
  if (kept === false) broken += 1;
  const verdict = kept === null ? "" : `${kept ? "✓" : "✗"} ${part} ≤ ${promise} ${unit}`;
  const text = [verdict, note].filter(Boolean).join("  ");
  console.log(`${what.padEnd(60)}${number(figures.p50)}${number(figures.p95)}${number(figures.max)}  ${text}`.trimEnd());
}

/** Says that something could not be measured, which keeps no promise either. */
export function unmeasured(what, why) {
  broken += 1;
  console.log(`${what.padEnd(60)}  ✗ not measured: ${why}`);
}
