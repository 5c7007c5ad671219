import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What a demo keeps of its world from one start to the next, beside its database. */
export interface KeptWorld {
  /** The roles and templates of the simulated AWS. */
  awsFile: string;
  /**
   * The day on which this demo first ran, as 2026-11-24: the simulated world counts its ages from it, so that a later
   * start finds the resources as they were and nothing reads as changed.
   */
  firstDay(now: Date): string;
  /** The seeding writes into it which database it has filled, once every account is connected and read. */
  seededFile: string;
  /** Whether `database`, which is another one after every reset of it, was seeded, and the roles that were made for it are there. */
  isSeeded(database: string): boolean;
  /** The next start is the first one again. */
  forget(): void;
}

export function keptWorld(localDir: string): KeptWorld {
  const awsFile = path.join(localDir, "aws.json");
  const seededFile = path.join(localDir, "seeded");
  const firstDayFile = path.join(localDir, "first-day");
  return {
    awsFile,
    seededFile,
    firstDay(now) {
      if (existsSync(firstDayFile)) return readFileSync(firstDayFile, "utf8").trim();
      const day = now.toISOString().slice(0, 10);
      mkdirSync(localDir, { recursive: true });
      writeFileSync(firstDayFile, day);
      return day;
    },
    isSeeded: (database) =>
      existsSync(seededFile) && readFileSync(seededFile, "utf8") === database && hasRoles(awsFile),
    forget() {
      for (const file of [awsFile, seededFile, firstDayFile]) rmSync(file, { force: true });
    },
  };
}

/** Roles can be made away with, by `POST /_sim/reset` for one. */
function hasRoles(awsFile: string): boolean {
  if (!existsSync(awsFile)) return false;
  return (JSON.parse(readFileSync(awsFile, "utf8")) as { roles: unknown[] }).roles.length > 0;
}
