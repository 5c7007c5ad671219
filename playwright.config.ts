import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/find-browser.mjs";

// The journeys share one demo world, so they run one after the other.
export default defineConfig({
  testDir: "e2e",
  outputDir: ".local/journeys",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  globalSetup: "./e2e/world.ts",
  reporter: "list",
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: "Pacific/Chatham",
    locale: "en-US",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findBrowser(),
      // A browser of its own accord calls home; the journeys must not depend on it.
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-dev-shm-usage",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
});
