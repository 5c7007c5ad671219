import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

/** Makes the database client from the schema, when it is missing or older than the schema, or in any case with `force`. */
export function generateClient(root, { force = false } = {}) {
  const schema = path.join(root, "prisma/schema.prisma");
  const client = path.join(root, "server/db/generated/client.ts");
  if (!force && existsSync(client) && statSync(client).mtimeMs >= statSync(schema).mtimeMs) return;
  const { status } = runPrisma(root, ["generate"]);
  if (status !== 0) throw new Error("prisma generate failed; its reason is above.");
}

/**
 * Runs Prisma's command-line tool. It downloads an engine before any command unless it is told that it has one; generate,
 * validate and studio work without, and migrations are applied by the engine that the product carries.
 */
export function runPrisma(root, args, env = process.env) {
  return spawnSync(process.execPath, [path.join(root, "node_modules/prisma/build/index.js"), ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...env,
      PRISMA_SCHEMA_ENGINE_BINARY: env.PRISMA_SCHEMA_ENGINE_BINARY || process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
}
