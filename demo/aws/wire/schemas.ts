import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";

/**
 * What the SDK's runtime schemas and codecs deal in. They describe values at run time and are untyped by design; this
 * layer walks them and is typed again where it meets handlers (`Sim.on`).
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Untyped = any;

export type Members = [name: string, schema: Untyped][];

/** A structure schema in the SDK's own static form: [3, namespace, name, traits, member names, member schemas]. */
export function struct(name: string, members: Members): Untyped {
  return [3, "sim", name, 0, members.map(([member]) => member), members.map(([, schema]) => schema)];
}

export function membersOf(schema: Untyped): Members {
  const form: Untyped = NormalizedSchema.of(schema).getSchema();
  const isStructure = Array.isArray(form) && (form[0] === 3 || form[0] === -3);
  return isStructure ? form[4].map((name: string, at: number) => [name, form[5][at]]) : [];
}

export function traitsOf(schema: NormalizedSchema): Untyped {
  return schema.getMergedTraits();
}

const httpTraits = [
  "httpLabel",
  "httpQuery",
  "httpHeader",
  "httpPrefixHeaders",
  "httpQueryParams",
  "httpPayload",
  "httpResponseCode",
];

/** The part of a structure that travels in the body: what is not bound to a header, a label, the query or the status. */
export function bodySchema(schema: Untyped): Untyped {
  const whole = NormalizedSchema.of(schema);
  if (!whole.isStructSchema()) return struct("Empty", []);
  const bound = new Set<string>();
  for (const [name, member] of whole.structIterator())
    if (httpTraits.some((trait) => traitsOf(member)[trait])) bound.add(name);
  return struct(
    traitsOf(whole).xmlName ?? whole.getName() ?? "Body",
    membersOf(schema).filter(([name]) => !bound.has(name)),
  );
}

/** Times without a trait of their own are ISO dates in queries and XML. */
export const textSettings: Untyped = {
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
  serviceNamespace: "sim",
};

export function toXml(schema: Untyped, value: unknown, xmlNamespace = ""): string {
  const serializer = new XmlShapeSerializer({ ...textSettings, xmlNamespace });
  serializer.write(schema, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serializer.flush()}`;
}
