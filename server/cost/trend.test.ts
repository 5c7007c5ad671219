import { describe, expect, it } from "vitest";
import { amount } from "./money";
import { change, moversOf } from "./trend";

const changed = (current: string, previous: string) => change(amount(current), amount(previous));
const amounts = (of: Record<string, string>) => new Map(Object.entries(of).map(([key, text]) => [key, amount(text)]));

describe("a change", () => {
  it("is told in dollars and percent", () => {
    expect(changed("1247.83", "1156.92")).toEqual({ amount: "90.91", percent: 7.86, direction: "increase" });
    expect(changed("50", "100")).toEqual({ amount: "-50.00", percent: -50, direction: "decrease" });
  });

  it("has no percentage where there was nothing, or a credit, before", () => {
    expect(changed("5", "0")).toEqual({ amount: "5.00", percent: null, direction: "increase" });
    expect(changed("5", "-20")).toMatchObject({ amount: "25.00", percent: null });
    expect(changed("5", "0.004")).toMatchObject({ percent: null });
  });

  it("is none below a cent", () => {
    expect(changed("10.001", "10.004")).toEqual({ amount: "0.00", percent: 0, direction: "flat" });
  });
});

describe("movers", () => {
  it("are what moved most, each way; what is new or gone moved by all of it", () => {
    const { up, down } = moversOf(
      amounts({ EC2: "90", S3: "12", New: "40" }),
      amounts({ EC2: "100", S3: "10", Old: "3", KMS: "0" }),
    );
    expect(up.map(({ key, change: { amount: moved } }) => [key, moved])).toEqual([
      ["New", "40.00"],
      ["S3", "2.00"],
    ]);
    expect(down.map(({ key, change: { amount: moved } }) => [key, moved])).toEqual([
      ["EC2", "-10.00"],
      ["Old", "-3.00"],
    ]);
  });

  it("are at most five each way", () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`s${at}`, `${at + 1}`]));
    expect(moversOf(amounts(many), new Map()).up.map(({ key }) => key)).toEqual(["s8", "s7", "s6", "s5", "s4"]);
  });
});
