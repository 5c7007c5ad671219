import { expect, it } from "vitest";
import { packDays, unpackDays } from "./kept-days";

const day = (day: string, mean: string) => ({ day, mean, low: `-${mean}`, high: `${mean}.5` });

it("keeps each day of a forecast with its bounds, also around one that was not forecast", () => {
  const days = [day("2026-11-30", "1"), day("2026-12-01", "2"), day("2026-12-03", "4")];
  expect(packDays(days)).toMatchObject({ from: "2026-11-30", mean: ["1", "2", null, "4"] });
  expect(unpackDays(packDays(days))).toEqual(days);
  expect(unpackDays(packDays([]))).toEqual([]);
});

it("takes less than half the room of a day an object", () => {
  const month = Array.from({ length: 31 }, (_, at) => day(`2026-12-${String(at + 1).padStart(2, "0")}`, "123.4567"));
  expect(JSON.stringify(packDays(month)).length * 2).toBeLessThan(JSON.stringify(month).length);
});
