import { ToStringShapeSerializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { WireResponse } from "./message";
import { serializerSettings, traitsOf, type SchemaRef } from "./schema";
import type { Operation, Service } from "./service";
import { locationDocument, xmlDocument } from "./xml";

type Fields = Record<string, unknown>;

/** An operation's output as the service's protocol puts it on the wire. */
export function writeResponse(service: Service, operation: Operation, output: Fields, requestId: string): WireResponse {
  const id = { "x-amzn-requestid": requestId };
  switch (service.protocol) {
    case "ec2Query":
      return {
        status: 200,
        headers: { ...id, "content-type": "text/xml;charset=UTF-8" },
        body: xmlDocument(service.xmlNamespace, operation.envelope, { ...output, requestId }),
      };
    case "awsQuery":
      return {
        status: 200,
        headers: { ...id, "content-type": "text/xml" },
        body: xmlDocument(service.xmlNamespace, operation.envelope, {
          [`${operation.name}Result`]: output,
          ResponseMetadata: { RequestId: requestId },
        }),
      };
    case "awsJson1_0":
    case "awsJson1_1":
      return {
        status: 200,
        headers: { ...id, "content-type": jsonType(service.protocol) },
        body: operation.output.isStructSchema() ? encoded(service, operation.output, output) : "{}",
      };
    default:
      return writeRestResponse(service, operation, output, id);
  }
}

/** `application/x-amz-json-1.0` or `-1.1` */
export function jsonType(protocol: "awsJson1_0" | "awsJson1_1"): string {
  return `application/x-amz-json-${protocol === "awsJson1_0" ? "1.0" : "1.1"}`;
}

function writeRestResponse(
  service: Service,
  operation: Operation,
  output: Fields,
  id: Record<string, string>,
): WireResponse {
  const isXml = service.protocol === "restXml";
  const parts = outsideBody(operation, output);
  const headers = {
    ...id,
    ...(isXml && { "x-amz-request-id": id["x-amzn-requestid"] ?? "" }),
    ...parts.headers,
  };
  const status = parts.status ?? operation.http?.status ?? 200;
  const body = restBody(service, operation, output, status);
  const contentType = isXml ? "application/xml" : "application/json";
  return { status, headers: body.length > 0 ? { "content-type": contentType, ...headers } : headers, body };
}

function restBody(service: Service, operation: Operation, output: Fields, status: number): string | Uint8Array {
  const isXml = service.protocol === "restXml";
  const write = (schema: SchemaRef, value: unknown) =>
    isXml ? xmlDocument(service.xmlNamespace, schema, value) : encoded(service, schema, value);
  if (operation.name === "GetBucketLocation")
    return locationDocument(service.xmlNamespace, output.LocationConstraint as string | undefined);
  const payload = payloadMember(operation);
  if (payload) {
    const [name, schema] = payload;
    const value = output[name];
    if (value === undefined || value === null) return "";
    return schema.isBlobSchema() || schema.isStringSchema() ? (value as string | Uint8Array) : write(schema, value);
  }
  if (operation.bodyOut[4].length > 0) return write(operation.bodyOut, output);
  return isXml || status === 204 ? "" : "{}";
}

/** The one member, if any, that is the whole body. */
function payloadMember({ output }: Operation): [name: string, schema: NormalizedSchema] | null {
  if (!output.isStructSchema()) return null;
  for (const [name, member] of output.structIterator()) if (traitsOf(member).httpPayload) return [name, member];
  return null;
}

function outsideBody({ output: schema }: Operation, output: Fields) {
  const headers: Record<string, string> = {};
  let status: number | null = null;
  if (!schema.isStructSchema()) return { headers, status };
  for (const [name, member] of schema.structIterator()) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = traitsOf(member);
    if (httpHeader) headers[httpHeader.toLowerCase()] = headerText(member, value);
    else if (httpPrefixHeaders)
      for (const [key, one] of Object.entries(value)) headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = String(one);
    else if (httpResponseCode) status = Number(value);
  }
  return { headers, status };
}

function headerText(schema: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer({ ...serializerSettings, httpBindings: true });
  serializer.write(schema, value);
  return String(serializer.flush());
}

function encoded(service: Service, schema: SchemaRef, value: unknown): string | Uint8Array {
  const serializer = service.codec.createSerializer();
  serializer.write(schema as Parameters<typeof serializer.write>[0], value);
  return serializer.flush();
}
