import { readFileSync } from "node:fs";
import { join } from "node:path";
import { migrationNames } from "./pending-migrations";
import { prismaFolder } from "./prisma-folder";
import { noFilters, openSchemaEngine } from "./schema-engine";

/**
 * Applies the migrations of `prisma/migrations` that the database has not seen, in order, and returns their names.
 * Writes the `_prisma_migrations` table that Prisma's own CLI reads. Safe to run from several processes at once.
 */
export async function migrate(databaseUrl: string, folder = prismaFolder()): Promise<string[]> {
  const engine = await openSchemaEngine(databaseUrl, datamodel(folder));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationsIn(folder),
      filters: noFilters,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** The SQL that would bring the database at `databaseUrl` to `schema.prisma`; empty when they agree. */
export async function driftFromSchema(databaseUrl: string, folder = prismaFolder()): Promise<string> {
  const engine = await openSchemaEngine(databaseUrl, datamodel(folder));
  try {
    const { stdout } = await engine.diff({
      from: {
        tag: "schemaDatasource",
        files: [{ path: "schema.prisma", content: datamodel(folder) }],
        configDir: folder,
      },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: datamodel(folder) }] },
      script: true,
      exitCode: false,
      filters: noFilters,
    });
    return (stdout ?? "").replace("-- This is an empty migration.", "").trim();
  } finally {
    engine.free();
  }
}

function datamodel(folder: string): string {
  return readFileSync(join(folder, "schema.prisma"), "utf8");
}

function migrationsIn(folder: string) {
  const baseDir = join(folder, "migrations");
  const script = (name: string) => readFileSync(join(baseDir, name, "migration.sql"), "utf8");
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames(folder).map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: script(name) } },
    })),
  };
}
