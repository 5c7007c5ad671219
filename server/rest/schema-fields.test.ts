import { describe, expect, it } from "vitest";
import { fieldsOf } from "./schema-fields";

const document = {
  components: { schemas: { Tag: { type: "object" as const, properties: { key: { type: "string" as const } } } } },
};
const names = (schema: unknown) => fieldsOf(document, schema).map(({ name, type }) => [name, type]);

describe("the fields of a schema", () => {
  it("are named by their place, through lists and references, with an answer's data unfolded", () => {
    const tags = { type: "array", items: { $ref: "#/components/schemas/Tag" } };
    expect(names({ type: "object", properties: { data: { type: "object", properties: { tags } } } })).toEqual([
      ["data", "object"],
      ["tags", "list of object"],
      ["tags[].key", "string"],
    ]);
  });

  it("say what they may be", () => {
    expect(
      names({
        type: "object",
        properties: {
          maybe: { type: ["integer", "null"] },
          word: { type: "string", enum: ["ec2", "s3"] },
          either: { anyOf: [{ type: "string" }, { type: "number" }] },
          yes: { type: "boolean", const: true },
          thing: {},
        },
      }),
    ).toEqual([
      ["maybe", "integer or null"],
      ["word", "ec2 | s3"],
      ["either", "string or number"],
      ["yes", "true"],
      ["thing", "any"],
    ]);
  });

  it("say what is required and what holds without them", () => {
    const schema = {
      type: "object",
      required: ["a"],
      properties: { a: { type: "string" }, b: { type: "integer", default: 50 } },
    };
    expect(fieldsOf(document, schema)).toMatchObject([
      { isRequired: true, default: null },
      { isRequired: false, default: "50" },
    ]);
  });
});
