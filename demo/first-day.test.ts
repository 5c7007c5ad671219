import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { firstDay, forgetFirstDay } from "./first-day";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is the day of the first start, until it is forgotten", () => {
  expect(firstDay(folder, new Date("2026-11-24T23:30:00Z"))).toBe("2026-11-24");
  expect(firstDay(folder, new Date("2026-12-01T08:00:00Z"))).toBe("2026-11-24");
  forgetFirstDay(folder);
  expect(firstDay(folder, new Date("2026-12-01T08:00:00Z"))).toBe("2026-12-01");
});
