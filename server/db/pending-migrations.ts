import { readdirSync } from "node:fs";
import { join } from "node:path";
import { prismaFolder } from "./prisma-folder";

/** The migrations of this version that are not among `applied`, in order. */
export function pendingMigrations(applied: string[]): string[] {
  const seen = new Set(applied);
  return migrationNames().filter((name) => !seen.has(name));
}

/** The migrations that this version brings, in the order in which they are applied. */
export function migrationNames(folder = prismaFolder()): string[] {
  return readdirSync(join(folder, "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
