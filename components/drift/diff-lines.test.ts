import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/components/ui/tree-match";
import { diffLines, sideLines, type DiffLine } from "./diff-lines";
import { foldLines, foldText } from "./fold-lines";

const text = ({ left, right, mark }: DiffLine) =>
  `${mark}: ${left ? left.name + left.value : "·"} | ${right ? right.name + right.value : "·"}`;

/** One side as it is shown, put together again. */
const sideOf = (lines: DiffLine[], side: "left" | "right") =>
  lines.flatMap((line) => (line[side] ? [line[side].name + line[side].value] : [])).join("\n");

const ssh = { FromPort: 22, CidrIp: "10.0.0.0/8" };
const web = { FromPort: 443, CidrIp: "0.0.0.0/0" };

describe("diffLines", () => {
  it("puts a changed value beside the one that was declared", () => {
    const lines = diffLines({ Engine: "pg", Size: 20 }, { Engine: "pg", Size: 40 }, [
      { path: "/Size", type: "NOT_EQUAL" },
    ]);
    expect(lines.map(text)).toEqual([
      "same: { | {",
      'same: "Engine": "pg", | "Engine": "pg",',
      'changed: "Size": 20 | "Size": 40',
      "same: } | }",
    ]);
    expect(lines[2]?.anchor).toBe("/Size");
  });

  it("lets an added member of a list stand alone, wherever in the list it is", () => {
    const lines = diffLines({ Ingress: [web] }, { Ingress: [ssh, web] }, [{ path: "/Ingress/0", type: "ADD" }]);
    expect(lines.filter(({ mark }) => mark === "added").map(({ right }) => right!.value)).toEqual([
      "{",
      '"10.0.0.0/8",',
      "22",
      "},",
    ]);
    expect(lines.filter(({ mark }) => mark === "removed" || mark === "changed")).toEqual([]);
  });

  it("lets a removed member stand alone and pairs those that stay", () => {
    const lines = diffLines({ Ingress: [ssh, web] }, { Ingress: [web] }, [{ path: "/Ingress/0", type: "REMOVE" }]);
    expect(lines.filter(({ mark }) => mark !== "same").map(({ left }) => left?.value)).toEqual([
      "{",
      '"10.0.0.0/8",',
      "22",
      "},",
    ]);
  });

  it("does not mark what AWS counts as equal", () => {
    const lines = diffLines({ A: "x", B: 1 }, { A: "X", B: 2 }, [{ path: "/B", type: "NOT_EQUAL" }]);
    expect(lines.map(({ mark }) => mark)).toEqual(["same", "apart", "changed", "same"]);
  });

  it("marks every line that differs where a path leads nowhere", () => {
    const lines = diffLines({ A: "x" }, { A: "y" }, [{ path: "/Unknown/3", type: "NOT_EQUAL" }]);
    expect(lines.map(({ mark }) => mark)).toEqual(["same", "changed", "same"]);
  });

  it("finds a key with a slash and a tilde by its escaped path", () => {
    const lines = diffLines({ "a/b~c": 1 }, { "a/b~c": 2 }, [{ path: "/a~1b~0c", type: "NOT_EQUAL" }]);
    expect(lines[1]?.anchor).toBe("/a~1b~0c");
  });

  it("prints a whole object that took the place of a word", () => {
    const lines = diffLines({ A: "none" }, { A: { B: [1] } }, [{ path: "/A", type: "NOT_EQUAL" }]);
    expect(sideOf(lines, "right")).toBe('{\n"A": {\n"B": [\n1\n]\n}\n}');
  });

  it("keeps both sides whole, whatever they are and whatever is marked", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (a, b, isMarked) => {
        const [expected, actual] = [a as JsonValue, b as JsonValue];
        const lines = diffLines(expected, actual, isMarked ? [{ path: "", type: "NOT_EQUAL" }] : []);
        expect(JSON.parse(sideOf(lines, "left"))).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(JSON.parse(sideOf(lines, "right"))).toEqual(JSON.parse(JSON.stringify(actual)));
      }),
    );
  });

  it("marks nothing where both sides are the same", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const lines = diffLines(value as JsonValue, value as JsonValue, [{ path: "", type: "NOT_EQUAL" }]);
        expect(new Set(lines.map(({ mark }) => mark))).toEqual(new Set(["same"]));
      }),
    );
  });
});

describe("sideLines", () => {
  it("prints a deleted resource as its template has it", () => {
    expect(sideLines({ B: 1, A: ["x"] }).map(text)).toEqual([
      "removed: { | ·",
      'removed: "A": [ | ·',
      'removed: "x" | ·',
      "removed: ], | ·",
      'removed: "B": 1 | ·',
      "removed: } | ·",
    ]);
  });
});

describe("foldLines", () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`K${String(index).padStart(2, "0")}`, index]),
  );

  it("folds what is unchanged and far from what is", () => {
    const lines = diffLines(many, { ...many, K15: 99 }, [{ path: "/K15", type: "NOT_EQUAL" }]);
    expect(foldLines(lines).map(({ isFold, lines: part }) => [isFold, part.length])).toEqual([
      [false, 1],
      [true, 13],
      [false, 5],
      [true, 13],
    ]);
  });

  it("keeps the lines that lead to a change", () => {
    const nested = { Before: many, List: [{ ...many, Z: 1 }] };
    const lines = diffLines(nested, { ...nested, List: [{ ...many, Z: 2 }] }, [
      { path: "/List/0/Z", type: "NOT_EQUAL" },
    ]);
    const shown = foldLines(lines).flatMap((part) => (part.isFold ? [] : part.lines.map(text)));
    expect(shown).toContain('same: "List": [ | "List": [');
  });

  it("folds nothing where nothing is marked, and loses no line", () => {
    expect(foldLines(diffLines(many, many, []))).toHaveLength(1);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
        const lines = diffLines(a as JsonValue, b as JsonValue, [{ path: "/nowhere", type: "ADD" }]);
        expect(foldLines(lines).flatMap((part) => part.lines)).toEqual(lines);
      }),
    );
  });
});

describe("foldText", () => {
  const places = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`K${index + 10}`, index]));

  it("calls no line unchanged that differs, though a rule ignores it", () => {
    const lines = diffLines(places, { ...places, K12: 99, K39: 99 }, [{ path: "/K39", type: "NOT_EQUAL" }]);
    const folds = foldLines(lines).filter(({ isFold }) => isFold);
    expect(folds.map((fold) => foldText(fold.lines))).toEqual(["27 lines, 1 of which differs and does not count"]);
  });

  it("counts what is the same on both sides", () => {
    const lines = diffLines(places, { ...places, K39: 99 }, [{ path: "/K39", type: "NOT_EQUAL" }]);
    expect(foldLines(lines).flatMap(({ isFold, lines: part }) => (isFold ? foldText(part) : []))).toEqual([
      "27 unchanged lines",
    ]);
  });
});
