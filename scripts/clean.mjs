// `npm run clean`: removes what a build or a test run made. The demo's database in .local/ stays; `npm run demo -- --reset` renews it.
import { rmSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

for (const made of [
  ".next",
  "dist",
  "coverage",
  "test-results",
  "playwright-report",
  ".local/build.json",
  ".local/tsconfig.tsbuildinfo",
]) {
  rmSync(path.join(root, made), { recursive: true, force: true });
}
