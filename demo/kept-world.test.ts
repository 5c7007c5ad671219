import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keptWorld } from "./kept-world";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("knows the day of the first start, until it is forgotten", () => {
  const kept = keptWorld(folder);
  expect(kept.firstDay(new Date("2026-11-24T23:30:00Z"))).toBe("2026-11-24");
  expect(kept.firstDay(new Date("2026-12-01T08:00:00Z"))).toBe("2026-11-24");
  kept.forget();
  expect(kept.firstDay(new Date("2026-12-01T08:00:00Z"))).toBe("2026-12-01");
});

const roles = JSON.stringify({ roles: [["arn:aws:iam::123456789012:role/CloudGuardX", {}]], templates: [] });

it("is seeded once the seeding said so, while the roles that it made are there", () => {
  const kept = keptWorld(folder);
  writeFileSync(kept.seededFile, "first");
  expect(kept.isSeeded("first")).toBe(false);
  writeFileSync(kept.awsFile, roles);
  expect(kept.isSeeded("first")).toBe(true);
  writeFileSync(kept.awsFile, JSON.stringify({ roles: [], templates: [] }));
  expect(kept.isSeeded("first")).toBe(false);
  rmSync(kept.awsFile);
  expect(kept.isSeeded("first")).toBe(false);
  writeFileSync(kept.awsFile, roles);
  kept.forget();
  writeFileSync(kept.awsFile, roles);
  expect(kept.isSeeded("first")).toBe(false);
});

it("is not seeded where the database is another one than was filled", () => {
  const kept = keptWorld(folder);
  writeFileSync(kept.seededFile, "first");
  writeFileSync(kept.awsFile, roles);
  expect(kept.isSeeded("second")).toBe(false);
});
