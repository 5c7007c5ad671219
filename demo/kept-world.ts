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
  /** Written by the seeding once every account is connected and read: then there is nothing to seed again. */
  seededFile: string;
  isSeeded(): boolean;
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
    isSeeded: () => existsSync(seededFile) && existsSync(awsFile),
    forget() {
      for (const file of [awsFile, seededFile, firstDayFile]) rmSync(file, { force: true });
    },
  };
}
