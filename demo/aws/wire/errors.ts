import { NormalizedSchema } from "@smithy/core/schema";
import type { WireResponse } from "./message";
import { struct, toXml, traitsOf, type Untyped } from "./schemas";
import type { Service } from "./service";

/** An error that AWS would answer with. Handlers throw it, or one of the SDK's own exception classes. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}

/** Writes `thrown` as `service`'s protocol does; a bug of a handler's becomes an InternalFailure and is logged. */
export function writeError(service: Service | undefined, thrown: Untyped, requestId: string): WireResponse {
  const schema = service?.errorSchema(thrown.name);
  const traits: Untyped = schema ? traitsOf(NormalizedSchema.of(schema)) : {};
  let error = thrown;
  if (!(thrown instanceof AwsError) && !schema) {
    console.error("[simulated AWS] a handler failed:", thrown);
    error = new AwsError("InternalFailure", 500, `The simulated service failed: ${thrown.message}`);
  }
  const status: number = error.status ?? traits.httpError ?? (traits.error === "server" ? 500 : 400);
  const told: Told = {
    service,
    name: error.name,
    Code: traits.awsQueryError?.[0] ?? error.code ?? error.name,
    Message: error.message,
    Type: status >= 500 ? "Receiver" : "Sender",
    requestId,
    headers: { "x-amzn-requestid": requestId },
    members: {},
  };
  if (schema) sortMembers(NormalizedSchema.of(schema), error, told);
  const { headers, body } = encode(told);
  return { status, headers: { ...told.headers, ...headers }, body };
}

interface Told {
  service: Service | undefined;
  name: string;
  Code: string;
  Message: string;
  Type: "Receiver" | "Sender";
  requestId: string;
  headers: Record<string, string>;
  /** What the error's model carries beside its message. */
  members: Record<string, unknown>;
}

function sortMembers(schema: NormalizedSchema, error: Untyped, told: Told): void {
  for (const [name, member] of schema.structIterator()) {
    if (error[name] == null || name.toLowerCase() === "message") continue;
    const header: string | undefined = traitsOf(member).httpHeader;
    if (header) told.headers[header.toLowerCase()] = String(error[name]);
    else told.members[name] = error[name];
  }
}

function encode({ service, name, Code, Message, Type, requestId, members }: Told): Omit<WireResponse, "status"> {
  const xml = { "content-type": "text/xml" };
  switch (service?.protocol) {
    case "ec2Query": {
      const value = { Errors: { Error: { Code, Message } }, RequestID: requestId };
      return { headers: xml, body: toXml(ec2Error, value, service.xmlNamespace) };
    }
    // S3's errors carry no namespace.
    case "restXml":
      return { headers: xml, body: toXml(s3Error, { Code, Message, RequestId: requestId }) };
    case "restJson1":
      return {
        headers: { "content-type": "application/json", "x-amzn-errortype": Code },
        body: JSON.stringify({ message: Message, ...members }),
      };
    case "awsJson1_0":
    case "awsJson1_1": {
      const queryError: Record<string, string> = service.isQueryCompatible
        ? { "x-amzn-query-error": `${Code};${Type}` }
        : {};
      return {
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": Code, ...queryError },
        body: JSON.stringify({ __type: Code, message: Message, ...members }),
      };
    }
    case "rpcv2Cbor": {
      const serializer = service.codec.createSerializer();
      serializer.write(15, { __type: `${service.namespace}#${name}`, message: Message, ...members });
      return {
        headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
        body: serializer.flush(),
      };
    }
    default: {
      const value = { Error: { Type, Code, Message }, RequestId: requestId };
      return { headers: xml, body: toXml(queryError, value, service?.xmlNamespace) };
    }
  }
}

const detail = struct("Error", [
  ["Type", 0],
  ["Code", 0],
  ["Message", 0],
]);
const queryError = struct("ErrorResponse", [
  ["Error", () => detail],
  ["RequestId", 0],
]);
const ec2Error = struct("Response", [
  ["Errors", () => struct("Errors", [["Error", () => detail]])],
  ["RequestID", 0],
]);
const s3Error = struct("Error", [
  ["Code", 0],
  ["Message", 0],
  ["RequestId", 0],
]);
