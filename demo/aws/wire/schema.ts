import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef, SchemaTraitsObject, StaticStructureSchema } from "@smithy/types";

export type SchemaRef = $SchemaRef;
/** The members of a structure, in the order of its schema. */
export type Members = [name: string, ref: SchemaRef][];

/** A structure of our own, in the SDK's static form, for the envelopes that no service's model names. */
export function structure(name: string, members: Members): StaticStructureSchema {
  return [3, "sim", name, 0, members.map(([member]) => member), members.map(([, ref]) => ref)];
}

/** A member without a type of its own is a string; 0 is the SDK's sign for it. */
export const text: SchemaRef = 0;

export function normalized(ref: SchemaRef): NormalizedSchema {
  return NormalizedSchema.of(ref);
}

export function traitsOf(schema: NormalizedSchema): SchemaTraitsObject {
  return schema.getMergedTraits();
}

/** Empty for an operation without input or output. */
export function membersOf(ref: SchemaRef): Members {
  const schema: unknown = normalized(ref).getSchema();
  if (!isStructure(schema)) return [];
  return schema[4].map((name, at) => [name, schema[5][at]!]);
}

/** What of a structure travels in the body: the members that no header, label, query or status line carries. */
export function bodyOf(ref: SchemaRef): StaticStructureSchema {
  const schema = normalized(ref);
  if (!schema.isStructSchema()) return structure("Empty", []);
  const elsewhere = new Set<string>();
  for (const [name, member] of schema.structIterator()) {
    const traits = traitsOf(member);
    if (outsideBody.some((trait) => traits[trait])) elsewhere.add(name);
  }
  return structure(
    traitsOf(schema).xmlName ?? schema.getName() ?? "Body",
    membersOf(ref).filter(([name]) => !elsewhere.has(name)),
  );
}

const outsideBody = [
  "httpLabel",
  "httpQuery",
  "httpHeader",
  "httpPrefixHeaders",
  "httpQueryParams",
  "httpPayload",
  "httpResponseCode",
] as const;

/** Structures are 3 in the SDK's static form, errors -3. */
function isStructure(schema: unknown): schema is StaticStructureSchema {
  return Array.isArray(schema) && (schema[0] === 3 || schema[0] === -3);
}

/** How the SDK's own serializers are to treat dates: by the model, and as ISO 8601 where it says nothing. */
export const serializerSettings = {
  timestampFormat: { useTrait: true, default: 5 as const },
  httpBindings: false,
  serviceNamespace: "sim",
};
