import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const fileIn = (localDir: string) => path.join(localDir, "first-day");

/**
 * The day on which this demo first ran, as 2026-11-24: the simulated world counts its ages from it, so that a later start finds
 * the resources as they were and nothing reads as changed.
 */
export function firstDay(localDir: string, now: Date): string {
  const file = fileIn(localDir);
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const day = now.toISOString().slice(0, 10);
  mkdirSync(localDir, { recursive: true });
  writeFileSync(file, day);
  return day;
}

/** The next start is the first one again. */
export function forgetFirstDay(localDir: string): void {
  rmSync(fileIn(localDir), { force: true });
}
