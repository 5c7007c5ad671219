import { defineConfig } from "vitest/config";

// Tests run far from UTC, so that a day that is not a UTC day shows.
process.env.TZ = "Pacific/Chatham";

const isolated = { fileParallelism: false, hookTimeout: 60_000, testTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["**/*.test.ts"], exclude: ["**/node_modules/**", "**/.next/**", "**/*.int.test.ts", ".local/**"] } },
      { test: { name: "integration", include: ["**/*.int.test.ts"], exclude: ["**/node_modules/**", "**/.next/**", ".local/**"], globalSetup: ["tests/harness/global-setup.ts"], ...isolated } },
    ],
  },
});
