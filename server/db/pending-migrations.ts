import { readdirSync } from "node:fs";
import { join } from "node:path";
import { prismaFolder } from "./prisma-folder";

/** The migrations of this version that are not among `applied`, in order. */
export function pendingMigrations(applied: string[]): string[] {
  const seen = new Set(applied);
  return readdirSync(join(prismaFolder(), "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !seen.has(entry.name))
    .map(({ name }) => name)
    .sort();
}
