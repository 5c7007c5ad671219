import fc from "fast-check";
import type { JsonSchema } from "./procedures";

/** What breaks what was written for letters: NUL, half a surrogate pair, quotes, wildcards, a very long line. */
const hostile = fc.constantFrom(
  "\0",
  "a\0b",
  "\ud800",
  '\'; drop table "User"; --',
  "%_\\",
  "../../etc/passwd",
  "{{7*7}}",
  "é́́",
  "😀".repeat(50),
  "x".repeat(5000),
  "-1",
  "1e400",
  "__proto__",
);

/** Inputs that fit a procedure, nearly fit it, or are anything at all. `ids` are real ones, so that calls get past the first look-up. */
export function anyInput(schema: JsonSchema | null, ids: string[]): fc.Arbitrary<unknown> {
  if (!schema) return fc.oneof(fc.constant(undefined), fc.anything());
  const fitting = fits(schema, ids);
  return fc.oneof(
    { weight: 5, arbitrary: fitting },
    { weight: 3, arbitrary: fc.tuple(fitting, fc.anything()).map(([input, stray]) => spoilt(input, stray)) },
    { weight: 2, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }) },
  );
}

/** What the schema itself would take. */
export function fits(schema: JsonSchema, ids: string[] = [], name = ""): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return fc.oneof(...variants.map((one) => fits(one, ids, name)));
  switch (schema.type) {
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, fits(one, ids, key)])),
        { requiredKeys: schema.required ?? [] },
      );
    case "array":
      return fc.array(fits(schema.items ?? {}, ids, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case "integer":
    case "number": {
      const [min, max] = [Math.max(schema.minimum ?? -1e6, -1e9), Math.min(schema.maximum ?? 1e6, 1e9)];
      return schema.type === "integer" ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return text(schema, /Ids?$/.test(name) ? ids : []);
    default:
      return fc.jsonValue();
  }
}

function text({ pattern, format, minLength = 0, maxLength = 100 }: JsonSchema, ids: string[]): fc.Arbitrary<string> {
  if (format === "date") {
    const days = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    return days.map((day) => day.toISOString().slice(0, 10));
  }
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((moment) => moment.toISOString());
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const plain = fc.string({ unit: "binary", minLength, maxLength: Math.max(minLength, Math.min(maxLength, 100)) });
  const fitting = hostile.filter(({ length }) => length >= minLength && length <= maxLength);
  return ids.length > 0 ? fc.oneof(fc.constantFrom(...ids), plain, fitting) : fc.oneof(plain, fitting);
}

/** One thing about it wrong. */
function spoilt(input: unknown, stray: unknown): unknown {
  if (typeof input !== "object" || input === null) return stray;
  const keys = Object.keys(input);
  const key = keys[JSON.stringify(input).length % Math.max(keys.length, 1)] ?? "unheardOf";
  return { ...input, [key]: stray };
}
