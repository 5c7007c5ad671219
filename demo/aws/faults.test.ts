import { describe, expect, it } from "vitest";
import { Faults, faultShape } from "./faults";

const call = { service: "ec2", operation: "DescribeInstances", account: "123456789012", region: "eu-west-1" };
const armed = (...faults: object[]) => {
  const all = new Faults();
  for (const fault of faults) all.add(faultShape.parse(fault));
  return all;
};
const kinds = (faults: Faults, met: Partial<typeof call> = {}) =>
  faults.meet({ ...call, ...met }).map(({ kind }) => kind);

describe("Faults", () => {
  it("meets every call where it names none", () => {
    const faults = armed({ kind: "throttle" });
    expect(kinds(faults)).toEqual(["throttle"]);
    expect(kinds(faults, { service: "s3", operation: "ListBuckets" })).toEqual(["throttle"]);
  });

  it.each([{ service: "s3" }, { operation: "DescribeVolumes" }, { account: "200000000002" }, { region: "us-east-1" }])(
    "passes by a call that it does not name: %o",
    (scope) => {
      expect(kinds(armed({ kind: "denied", ...scope }))).toEqual([]);
      expect(kinds(armed({ kind: "denied", ...scope }), scope)).toEqual(["denied"]);
    },
  );

  it("happens as often as it was armed for", () => {
    const faults = armed({ kind: "reset", times: 2 });
    expect([1, 2, 3].map(() => kinds(faults).length)).toEqual([1, 1, 0]);
    expect(faults.list()).toMatchObject([{ kind: "reset", left: 0 }]);
  });

  it("does not use up its times on calls that it passes by", () => {
    const faults = armed({ kind: "reset", times: 1, region: "us-east-1" });
    kinds(faults);
    expect(kinds(faults, { region: "us-east-1" })).toEqual(["reset"]);
  });

  it("meets about its share of the calls, and the same ones for the same seed", () => {
    const drawn = (seed: number) => {
      const faults = armed({ kind: "error5xx", share: 0.3, seed });
      return Array.from({ length: 1000 }, () => kinds(faults).length);
    };
    const hits = drawn(7).reduce((sum, hit) => sum + hit, 0);
    expect(hits).toBeGreaterThan(240);
    expect(hits).toBeLessThan(360);
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it("takes one away by its id and leaves the others", () => {
    const faults = armed({ kind: "throttle" }, { kind: "latency" });
    const [first] = faults.list();
    expect(faults.remove(first!.id)).toBe(true);
    expect(faults.remove(first!.id)).toBe(false);
    expect(kinds(faults)).toEqual(["latency"]);
  });
});

it("refuses a fault with a field that it does not know, by name", () => {
  const parsed = faultShape.safeParse({ kind: "throttle", sevice: "ec2" });
  expect(parsed.error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: ["sevice"] }]);
});
