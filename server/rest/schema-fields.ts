/** Pure: a JSON schema as lines for people. */
import type { oas31 } from "zod-openapi";

export interface SchemaField {
  /** With its place: `resources[].tags`. */
  name: string;
  /** `string`, `integer or null`, `ec2 | s3`. */
  type: string;
  isRequired: boolean;
  description: string;
  default: string | null;
}

type Schema = oas31.SchemaObject;
type Document = Pick<oas31.OpenAPIObject, "components">;

/** Every field of a schema, outer ones first; what is under an answer's `data` is named without it. */
export function fieldsOf(document: Document, given: unknown, prefix = ""): SchemaField[] {
  const schema = resolved(document, given);
  const inner = innerOf(document, schema);
  if (inner) return fieldsOf(document, inner, `${prefix}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const property = resolved(document, value);
    const name = prefix ? `${prefix}.${key}` : key;
    return [
      {
        name,
        type: typeOf(document, property),
        isRequired: schema.required?.includes(key) ?? false,
        description: (value as Schema).description ?? property.description ?? "",
        default: property.default === undefined ? null : JSON.stringify(property.default),
      },
      ...fieldsOf(document, property, name === "data" ? "" : name),
    ];
  });
}

/** What a list holds. */
function innerOf(document: Document, schema: Schema): Schema | null {
  return schema.items ? resolved(document, schema.items) : null;
}

function resolved(document: Document, schema: unknown): Schema {
  const reference = (schema as { $ref?: string } | undefined)?.$ref;
  if (!reference) return withoutNull((schema ?? {}) as Schema);
  return resolved(document, document.components?.schemas?.[reference.split("/").at(-1)!]);
}

/** `anyOf` a schema and null is that schema, which may be null. */
function withoutNull(schema: Schema): Schema {
  const others = schema.anyOf?.filter((one) => (one as Schema).type !== "null");
  return others?.length === 1 ? { ...schema, ...(others[0] as Schema) } : schema;
}

function typeOf(document: Document, schema: Schema): string {
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const inner = innerOf(document, schema);
  if (inner) return `list of ${typeOf(document, inner)}`;
  if (schema.anyOf)
    return [...new Set(schema.anyOf.map((one) => typeOf(document, resolved(document, one))))].join(" or ");
  return [schema.type ?? "any"].flat().join(" or ");
}
