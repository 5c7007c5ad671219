import { expect, it } from "vitest";
import { keptFor } from "./kept-for";

it("asks once in its time, also while the answer is awaited and where it is an error", async () => {
  let now = 0;
  const asked: ((ends: "well" | "badly") => void)[] = [];
  const read = () =>
    new Promise<number>((done, failed) => {
      const count = asked.length + 1;
      asked.push((ends) => (ends === "well" ? done(count) : failed(new Error(`${count} failed`))));
    });
  const told = keptFor(1000, read, () => now);

  const first = [told(), told()];
  asked[0]!("well");
  now = 999;
  expect(await Promise.all([...first, told()])).toEqual([1, 1, 1]);

  now = 1000;
  const second = [told(), told()];
  asked[1]!("badly");
  for (const one of second) await expect(one).rejects.toThrow("2 failed");

  now = 2000;
  const third = told();
  asked[2]!("well");
  expect([await third, asked.length]).toEqual([3, 3]);
});
