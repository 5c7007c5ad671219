import { ToStringShapeSerializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { WireResponse } from "./message";
import { textSettings, toXml, traitsOf, type Untyped } from "./schemas";
import type { Operation, Service } from "./service";

type Output = Record<string, Untyped>;

/** Writes a handler's output as the service's protocol does. */
export function writeResponse(
  service: Service,
  operation: Operation,
  output: Output,
  requestId: string,
): WireResponse {
  const { protocol } = service;
  if (protocol.startsWith("rest")) return writeBindings(service, operation, output, requestId);
  const answer = (contentType: string, body: string | Uint8Array, headers: Record<string, string> = {}) => ({
    status: 200,
    headers: { "x-amzn-requestid": requestId, "content-type": contentType, ...headers },
    body,
  });
  const hasOutput = operation.output.isStructSchema();
  switch (protocol) {
    case "ec2Query":
      return answer(
        "text/xml;charset=UTF-8",
        toXml(operation.envelope, { ...output, requestId }, service.xmlNamespace),
      );
    case "awsQuery": {
      const whole = { [`${operation.name}Result`]: output, ResponseMetadata: { RequestId: requestId } };
      return answer("text/xml", toXml(operation.envelope, whole, service.xmlNamespace));
    }
    case "rpcv2Cbor":
      return answer("application/cbor", hasOutput ? encode(service, operation.output, output) : "", {
        "smithy-protocol": "rpc-v2-cbor",
      });
    default: {
      const version = protocol === "awsJson1_0" ? "1.0" : "1.1";
      const body = hasOutput ? encode(service, operation.output, output) : "{}";
      return answer(`application/x-amz-json-${version}`, body);
    }
  }
}

/** Puts every member where its HTTP binding says, and the rest into the body. */
function writeBindings(
  service: Service,
  operation: Operation,
  output: Output,
  requestId: string,
): WireResponse {
  const isXml = service.protocol === "restXml";
  const headers: Record<string, string> = { "x-amzn-requestid": requestId };
  if (isXml) headers["x-amz-request-id"] = requestId;
  let status = operation.route?.status ?? 200;
  let payload: { body: string | Uint8Array } | null = null;
  if (operation.output.isStructSchema())
    for (const [name, member] of operation.output.structIterator()) {
      const traits = traitsOf(member);
      const value = output[name];
      if (traits.httpPayload) payload = { body: value == null ? "" : toPayload(service, member, value) };
      else if (value == null) continue;
      else if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = toText(member, value);
      else if (traits.httpPrefixHeaders)
        for (const key in value) headers[(traits.httpPrefixHeaders + key).toLowerCase()] = String(value[key]);
      else if (traits.httpResponseCode) status = value;
    }
  const body = payload ? payload.body : toBody(service, operation, output, status);
  if (body.length > 0) headers["content-type"] ??= isXml ? "application/xml" : "application/json";
  return { status, headers, body };
}

function toBody(service: Service, operation: Operation, output: Output, status: number): string | Uint8Array {
  // S3 sends this one without the element around it, and the runtime schema does not say so.
  if (operation.name === "GetBucketLocation")
    return `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${service.xmlNamespace}">${output.LocationConstraint ?? ""}</LocationConstraint>`;
  if (operation.bodyOut[4].length > 0) return toPayload(service, operation.bodyOut, output);
  return service.protocol === "restXml" || status === 204 ? "" : "{}";
}

function toPayload(service: Service, schema: Untyped, value: Untyped): string | Uint8Array {
  if (!Array.isArray(schema) && (schema.isBlobSchema() || schema.isStringSchema())) return value;
  return service.protocol === "restXml"
    ? toXml(schema, value, service.xmlNamespace)
    : encode(service, schema, value);
}

function toText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer({ ...textSettings, httpBindings: true });
  serializer.write(member as Untyped, value);
  return String(serializer.flush());
}

function encode(service: Service, schema: Untyped, value: unknown): string | Uint8Array {
  const serializer = service.codec.createSerializer();
  serializer.write(schema, value);
  return serializer.flush();
}
