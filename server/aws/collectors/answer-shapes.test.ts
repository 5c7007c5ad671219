import { describe, expect, it } from "vitest";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";

describe("answer shapes", () => {
  it("make the same tags of any order", () => {
    const tags = [{ Key: "b", Value: "2" }, { Key: "a" }];
    expect(JSON.stringify(tagsOf(tags))).toBe('{"a":"","b":"2"}');
    expect(tagsOf(undefined)).toEqual({});
    expect(Object.keys(tagsOf([{ Key: "__proto__", Value: "x" }]))).toEqual(["__proto__"]);
  });

  it("sort a copy and leave the absent absent", () => {
    const items = [{ id: "b" }, { id: "a" }];
    expect(sortedBy(items, ({ id }) => id)).toEqual([{ id: "a" }, { id: "b" }]);
    expect(items[0]).toEqual({ id: "b" });
    expect(sortedBy(undefined, () => "")).toBeUndefined();
  });

  it("drop what is named like a secret at any depth and keep settings that only sound like one", () => {
    const at = new Date(0);
    expect(
      withoutSecrets({
        MasterUserPassword: "x",
        UserData: "x",
        ClientToken: "x",
        MetadataOptions: { HttpTokens: "required" },
        List: [{ SecretAccessKey: "x", Kept: 1, at }],
        Absent: undefined,
      }),
    ).toEqual({ MetadataOptions: { HttpTokens: "required" }, List: [{ Kept: 1, at }] });
  });

  it("say when AWS leaves out what it promises", () => {
    expect(required(0)).toBe(0);
    expect(() => required(undefined)).toThrow(TypeError);
  });
});
