import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { serializerSettings, type SchemaRef } from "./schema";

/** A document with its declaration. An empty namespace leaves `xmlns` out, as S3's errors do. */
export function xmlDocument(xmlNamespace: string, schema: SchemaRef, value: unknown): string {
  const serializer = new XmlShapeSerializer({ ...serializerSettings, xmlNamespace });
  serializer.write(schema as Parameters<typeof serializer.write>[0], value);
  return `${declaration}${asText(serializer.flush())}`;
}

/** S3's answer to GetBucketLocation: its only element has text beside its namespace, which no schema at run time tells. */
export function locationDocument(xmlNamespace: string, location: string | undefined): string {
  return `${declaration}<LocationConstraint xmlns="${xmlNamespace}">${location ?? ""}</LocationConstraint>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function asText(bytes: string | Uint8Array): string {
  return typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8");
}
