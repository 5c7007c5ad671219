// After `npm ci`: the database client, and the browser files of the local sign-in.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { generateClient } from "./generate.mjs";
import { root } from "./root.mjs";

// A production image installs without the development tools: its client was made where it was built.
if (existsSync(path.join(root, "node_modules/prisma"))) generateClient(root, { force: true });

const fetchAssets = path.join(root, "demo/clerk/fetch-assets.mjs");
if (existsSync(fetchAssets) && existsSync(path.join(root, "node_modules/prisma"))) {
  const { status } = spawnSync(process.execPath, [fetchAssets], { stdio: "inherit" });
  // Only the demo needs them, and it tries again.
  if (status !== 0) console.warn("The local sign-in's browser files are not here yet; npm run demo tries again.");
}
