import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ancestorsOf, nestedIn } from "./family";

const stack = (id: string, parentId: string | null, rootId = "root") => ({ id, parentId, rootId });
const root = stack("root", null);
const [network, subnets, orphan, below] = [
  stack("network", "root"),
  stack("subnets", "network"),
  // Its parent was deleted and it was kept.
  stack("orphan", null),
  stack("below", "orphan"),
];
const other = stack("other", null, "other");
const family = [root, network, subnets, orphan, below, other, stack("others", "other", "other")];

describe("nestedIn", () => {
  const told = (of: typeof root) => nestedIn(of, family).map(({ stack, depth }) => [stack.id, depth]);

  it("goes depth first, and has what lost its parent right below the root", () => {
    expect(told(root)).toEqual([
      ["network", 1],
      ["subnets", 2],
      ["orphan", 1],
      ["below", 2],
    ]);
  });
  it("has for a nested stack what is nested in that", () => {
    expect(told(network)).toEqual([["subnets", 1]]);
    expect(told(orphan)).toEqual([["below", 1]]);
    expect(told(subnets)).toEqual([]);
  });
  it("loses none of a family, whichever of it are gone", () => {
    fc.assert(
      fc.property(fc.subarray([network, subnets, orphan, below]), (left) => {
        const ids = nestedIn(root, [root, other, ...left]).map(({ stack }) => stack.id);
        expect(ids.sort()).toEqual(left.map(({ id }) => id).sort());
      }),
    );
  });
});

describe("ancestorsOf", () => {
  const told = (of: typeof root) => ancestorsOf(of, family).map(({ id }) => id);

  it("leads from the root down, past a parent that is gone", () => {
    expect(told(subnets)).toEqual(["root", "network"]);
    expect(told(below)).toEqual(["root", "orphan"]);
    expect(told(root)).toEqual([]);
  });
});
