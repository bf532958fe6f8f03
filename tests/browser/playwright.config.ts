import { defineConfig } from "@playwright/test";

export default defineConfig({
  testMatch: "*.spec.ts",
  timeout: 60_000,
  workers: 2,
  fullyParallel: true,
  // A test that only sometimes passes is a fault to find, not to repeat.
  retries: 0,
  forbidOnly: process.env.CI === "true",
  reporter: "list",
  use: {
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // The browser itself must not use the network either.
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
