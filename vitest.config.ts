import { defineConfig } from "vitest/config";

// Tests run far from UTC, so that a day that is not a UTC day shows.
process.env.TZ = "Pacific/Chatham";

// A `.int.test.ts` needs PostgreSQL, an `.aws.test.ts` the simulated AWS alone.
const integration = ["**/*.int.test.ts", "**/*.aws.test.ts"];
// A `.built.test.ts` runs what `npm run build` made, on a real PostgreSQL.
const built = ["**/*.built.test.ts"];
const elsewhere = ["**/node_modules/**", "**/.next/**", "**/.local/**", "dist/**"];

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    maxWorkers: 2,
    // Where people open the product under test.
    env: { APP_URL: "http://localhost:3000" },
    projects: [
      // testTimeout: what starts a process of its own takes seconds on a busy machine.
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...elsewhere, ...integration, ...built],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: integration,
          exclude: elsewhere,
          globalSetup: ["tests/harness/global-setup.ts"],
          // Many begin with an account's whole first sync.
          hookTimeout: 180_000,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "built",
          include: built,
          exclude: elsewhere,
          globalSetup: ["tests/harness/global-setup.ts"],
          // They start processes, which would wait for each other's processor.
          fileParallelism: false,
          hookTimeout: 120_000,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
