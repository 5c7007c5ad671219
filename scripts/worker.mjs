// `npm run worker`: one more process that works due jobs, from the bundle that `npm run build` made.
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadDotEnv, root } from "./root.mjs";

loadDotEnv();
process.env.AWS_REGION ||= process.env.AWS_DEFAULT_REGION ?? "";
const bundle = path.join(root, "dist/worker.mjs");
if (!existsSync(bundle)) {
  console.error("There is no build yet. Run npm run build first.");
  process.exit(1);
}
await import(pathToFileURL(bundle).href);
