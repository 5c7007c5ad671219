import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageOf, coverageSentence, verdictOf, verdictSentence } from "./coverage";

const statement = (action: string) => `allow ${action}`;
const some = (count: number, driftStatus: string, reason: string | null = null, type = "AWS::SQS::Queue") =>
  Array.from({ length: count }, (_, at) => ({ logicalId: `${driftStatus}${at}`, type, driftStatus, reason }));
const clean = { open: 0, ignored: 0 };

describe("coverage", () => {
  it("is counted against everything that the stack holds, and told in one sentence", () => {
    const coverage = coverageOf(
      [
        ...some(29, "IN_SYNC"),
        ...some(2, "MODIFIED"),
        ...some(4, "UNKNOWN", "… is not authorized to perform: kms:ListResourceTags on resource …"),
        ...["A", "B", "C", "D", "E"].flatMap((name) => some(1, "UNSUPPORTED", null, `Custom::${name}`)),
      ],
      statement,
    );
    expect(coverage).toMatchObject({
      total: 40,
      checked: 31,
      unknown: 4,
      unsupported: 5,
      unsupportedTypes: ["Custom::A", "Custom::B", "Custom::C", "Custom::D", "Custom::E"],
    });
    expect(coverageSentence(coverage)).toBe(
      "31 of 40 resources checked; 4 unknown: missing kms:ListResourceTags; 5 types have no drift support.",
    );
    expect(coverage.gaps).toMatchObject([{ action: "kms:ListResourceTags", statement: "allow kms:ListResourceTags" }]);
    expect(coverage.gaps[0]?.logicalIds).toHaveLength(4);
  });
  it("tells how many types are without support where several resources share one", () => {
    const sentence = (...types: string[]) =>
      coverageSentence(
        coverageOf([...some(1, "IN_SYNC"), ...types.flatMap((type) => some(1, "UNSUPPORTED", null, type))], statement),
      );
    expect(sentence("A")).toBe("1 of 2 resources checked; 1 has no drift support.");
    expect(sentence("A", "A")).toBe("1 of 3 resources checked; 2 of one type have no drift support.");
    expect(sentence("A", "A", "B")).toBe("1 of 4 resources checked; 3 of 2 types have no drift support.");
  });
  it("keeps a reason that names no action", () => {
    const { gaps } = coverageOf([...some(1, "UNKNOWN", "Rate exceeded"), ...some(1, "LATER_ADDED")], statement);
    expect(gaps).toMatchObject([
      { action: null, statement: null, reason: "Rate exceeded" },
      { reason: "AWS says LATER_ADDED without a reason." },
    ]);
  });
  it("takes a name within an ARN for no action, and tells every action that is missing", () => {
    const actions = (reason: string) => coverageOf(some(1, "UNKNOWN", reason), statement).gaps.map((gap) => gap.action);
    const fn = "arn:aws:lambda:us-east-1:123456789012:function:MyFn";
    expect(actions(`${fn} could not be read: Rate exceeded`)).toEqual([null]);
    expect(actions("function:MyFn could not be read: Rate exceeded")).toEqual([null]);
    expect(actions(`not authorized to perform: lambda:GetFunction on resource: ${fn}`)).toEqual(["lambda:GetFunction"]);
    const both = coverageOf(
      some(2, "UNKNOWN", "… to perform: kms:DescribeKey on …; … to perform: sqs:GetQueueAttributes"),
      statement,
    );
    expect(both.gaps).toMatchObject([
      { action: "kms:DescribeKey", statement: "allow kms:DescribeKey", logicalIds: ["UNKNOWN0", "UNKNOWN1"] },
      { action: "sqs:GetQueueAttributes", logicalIds: ["UNKNOWN0", "UNKNOWN1"] },
    ]);
    expect(coverageSentence(both)).toBe(
      "0 of 2 resources checked; 2 unknown: missing kms:DescribeKey, sqs:GetQueueAttributes.",
    );
    expect(actions("Access denied: iam:GetRole and iam:ListRoleTags are needed to read the resource")).toEqual([
      "iam:GetRole",
      "iam:ListRoleTags",
    ]);
  });
  it("says in plain words when all was checked, or nothing could be", () => {
    expect(coverageSentence(coverageOf(some(3, "IN_SYNC"), statement))).toBe("All 3 resources checked.");
    expect(coverageSentence(coverageOf(some(1, "UNSUPPORTED"), statement))).toMatch(/^Its one resource/);
    expect(coverageSentence(coverageOf([], statement))).toBe("The stack has no resources.");
  });
  it("adds up, whatever AWS says", () => {
    const word = fc.constantFrom("IN_SYNC", "MODIFIED", "DELETED", "UNKNOWN", "NOT_CHECKED", "UNSUPPORTED", "NEW_WORD");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const c = coverageOf(
          words.flatMap((one) => some(1, one)),
          statement,
        );
        expect(c.checked + c.unknown + c.notChecked + c.unsupported).toBe(c.total);
        expect(c.inSync + c.modified + c.deleted).toBe(c.checked);
        // The one promise: green means that all that can be checked was, and is in sync.
        const isAllWell = words.every((one) => one === "IN_SYNC" || one === "UNSUPPORTED") && words.includes("IN_SYNC");
        expect(verdictOf(c, clean) === "IN_SYNC").toBe(isAllWell);
      }),
    );
  });
});

describe("the verdict", () => {
  const of = (...parts: ReturnType<typeof some>[]) => coverageOf(parts.flat(), statement);

  it.each([
    ["DRIFTED", of(some(1, "MODIFIED")), { open: 1, ignored: 0 }],
    ["DRIFTED", of(some(1, "MODIFIED")), clean],
    ["ALL_IGNORED", of(some(1, "MODIFIED")), { open: 0, ignored: 2 }],
    ["IN_SYNC", of(some(2, "IN_SYNC"), some(1, "UNSUPPORTED")), clean],
    ["PARTIAL", of(some(2, "IN_SYNC"), some(1, "UNKNOWN")), clean],
    ["PARTIAL", of(some(1, "MODIFIED"), some(1, "UNKNOWN")), { open: 0, ignored: 1 }],
    ["PARTIAL", of(some(1, "NOT_CHECKED")), clean],
    ["NOTHING_CHECKABLE", of(some(2, "UNSUPPORTED")), clean],
    ["NOTHING_CHECKABLE", of(), clean],
  ])("is %s", (verdict, coverage, counts) => {
    expect(verdictOf(coverage, counts)).toBe(verdict);
  });

  it("is told with what is ignored and what was covered", () => {
    expect(verdictSentence("DRIFTED", of(some(1, "MODIFIED"), some(1, "IN_SYNC")), { drifted: 1, ignored: 2 })).toBe(
      "1 resource differs from the template. 2 differences are ignored. All 2 resources checked.",
    );
    expect(verdictSentence("NOT_CHECKED", null, { drifted: 0, ignored: 0 })).toBe(
      "Drift has never been detected here.",
    );
  });
});
