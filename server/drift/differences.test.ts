import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../aws/collectors/define";
import { canonical, differences, differencesOf, valueAt } from "./differences";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const properties = fc.dictionary(fc.string(), json, { noNullPrototype: true });

describe("differences", () => {
  it("finds nothing when template and reality agree", () => {
    expect(differences({ Size: 20 }, { Size: 20 })).toEqual([]);
    expect(differences({ A: 1, B: [2] }, { B: [2], A: 1 })).toEqual([]);
  });
  it("names a changed property by its JSON Pointer", () => {
    expect(differences({ Ingress: [{ Port: 443 }] }, { Ingress: [{ Port: 22 }] })).toEqual([
      { path: "/Ingress/0/Port", type: "NOT_EQUAL", expected: 443, actual: 22 },
    ]);
  });
  it("says ADD for what is only there and REMOVE for what is only in the template", () => {
    expect(differences({ A: 1 }, { B: 2 })).toEqual([
      { path: "/A", type: "REMOVE", expected: 1, actual: null },
      { path: "/B", type: "ADD", expected: null, actual: 2 },
    ]);
  });
  it("takes a list in another order for the same list", () => {
    expect(differences({ Zones: ["a", "b"] }, { Zones: ["b", "a"] })).toEqual([]);
    expect(differences({ Zones: ["a", "b"] }, { Zones: ["c", "b", "a"] })).toEqual([
      { path: "/Zones/0", type: "ADD", expected: null, actual: "c" },
    ]);
  });
  it("escapes a slash and a tilde in a name", () => {
    expect(differences({ "a/b~c": 1 }, { "a/b~c": 2 })[0]?.path).toBe("/a~1b~0c");
  });
  it("takes what an object inherits for nothing that is there", () => {
    expect(differences({ valueOf: 1 }, {})).toMatchObject([{ path: "/valueOf", type: "REMOVE", actual: null }]);
  });
  it("tells a value from a structure, and null from nothing", () => {
    expect(differences({ A: null }, {})).toEqual([{ path: "/A", type: "REMOVE", expected: null, actual: null }]);
    expect(differences({ A: [1] }, { A: { 0: 1 } })[0]?.type).toBe("NOT_EQUAL");
  });

  it("never finds anything between a value and itself", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(differences(value, structuredClone(value))).toEqual([]);
      }),
    );
  });
  it("finds something whenever two values differ by more than the order of their lists", () => {
    const sorted = (value: Json): Json =>
      Array.isArray(value)
        ? value.map(sorted).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sorted(member)]))
          : value;
    fc.assert(
      fc.property(json, json, (a, b) => {
        if (canonical(sorted(a)) !== canonical(sorted(b))) expect(differences(a, b)).not.toEqual([]);
      }),
    );
  });
  it("quotes each side as it is at the path", () => {
    fc.assert(
      fc.property(properties, properties, (a, b) => {
        for (const { path, type, expected, actual } of differences(a, b)) {
          if (type !== "ADD") expect(valueAt(a, path)).toEqual(expected);
          if (type !== "REMOVE") expect(valueAt(b, path)).toEqual(actual);
        }
      }),
    );
  });
});

describe("differencesOf", () => {
  const expected = { Tags: [{ Key: "Team", Value: "a" }] };
  const actual = {
    Tags: [
      { Key: "Scanned", Value: "today" },
      { Key: "Team", Value: "b" },
    ],
  };

  it("takes AWS's own list, with values from both sides instead of AWS's text", () => {
    const told = [{ path: "/Tags/0", type: "ADD", expected: "null", actual: '{"Key":"Scanned"}' }];
    expect(differencesOf(expected, actual, told)).toEqual([
      { path: "/Tags/0", stablePath: "/Tags[Scanned]", type: "ADD", expected: null, actual: actual.Tags[0] },
    ]);
  });
  it("reads AWS's text where the sides do not have the path", () => {
    const told = [
      { path: "/Size", type: "NOT_EQUAL", expected: "20", actual: "large" },
      { path: "/Odd", type: "LATER_ADDED", expected: "true", actual: "null" },
    ];
    expect(differencesOf(null, null, told)).toMatchObject([
      { expected: 20, actual: "large" },
      { type: "NOT_EQUAL", expected: true, actual: null },
    ]);
  });
  it("computes where AWS gives none", () => {
    expect(differencesOf({ A: 1 }, { A: 2 }, [])).toMatchObject([{ path: "/A" }]);
  });
  it("names the property whose list is only in another order, as AWS calls it modified", () => {
    expect(differencesOf({ A: 1, Zones: ["a", "b"] }, { A: 1, Zones: ["b", "a"] }, [])).toEqual([
      { path: "/Zones", stablePath: "/Zones", type: "NOT_EQUAL", expected: ["a", "b"], actual: ["b", "a"] },
    ]);
  });
  it("names the resource as a whole where nothing says what differs", () => {
    const whole = { path: "/", stablePath: "/", type: "NOT_EQUAL" };
    expect(differencesOf({ A: 1 }, null, null)).toEqual([{ ...whole, expected: { A: 1 }, actual: null }]);
    expect(differencesOf(null, null, [])).toEqual([{ ...whole, expected: null, actual: null }]);
    expect(differencesOf({ A: 1 }, { A: 1 }, [])).toEqual([{ ...whole, expected: { A: 1 }, actual: { A: 1 } }]);
  });
  it("never finds nothing, whatever the sides are", () => {
    const side = fc.option(properties, { nil: null });
    fc.assert(fc.property(side, side, (a, b) => void expect(differencesOf(a, b, null)).not.toEqual([])));
  });
});
