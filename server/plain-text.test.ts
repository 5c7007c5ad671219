import { describe, expect, it } from "vitest";
import { assertPlainText } from "./plain-text";

describe("assertPlainText", () => {
  it.each(["", "é 😀", 7, null, undefined, { a: [{ b: "ok" }] }])("takes %j", (input) => {
    expect(() => assertPlainText(input)).not.toThrow();
  });

  it.each([["a\0b"], ["\ud800"], [{ a: { b: ["\udc00x"] } }], [{ "\0": 1 }]])("refuses %j", (input) => {
    expect(() => assertPlainText(input)).toThrow(/not text/);
  });
});
