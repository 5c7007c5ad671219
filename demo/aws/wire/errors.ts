import type { WireResponse } from "./message";
import { jsonType } from "./response";
import { normalized, structure, text, traitsOf, type SchemaRef } from "./schema";
import type { Service } from "./service";
import { xmlDocument } from "./xml";

/** Throw this, or any of the SDK's exception classes, from a handler: the service's protocol puts it on the wire. */
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

/** A call that was turned away before it was looked at: throttled, denied, or met by a fault. */
export class Refusal extends AwsError {}

export function unknownOperation({ protocol, signingName }: Service, name: string): AwsError {
  const code = protocol.endsWith("Query") ? "InvalidAction" : "UnknownOperationException";
  return new AwsError(code, 400, `The action ${name} is not simulated for ${signingName}.`);
}

/** An error as the service's protocol tells it. What is no error of AWS's is a fault of the simulation: 500, and logged. */
export function writeError(service: Service | undefined, error: unknown, requestId: string): WireResponse {
  const fault = faultOf(service, error);
  const headers = { "x-amzn-requestid": requestId, "content-type": "text/xml" };
  const { status, code: Code, message: Message } = fault;
  const Type = status >= 500 ? "Receiver" : "Sender";
  switch (service?.protocol) {
    case "ec2Query": {
      const value = { Errors: { Error: { Code, Message } }, RequestID: requestId };
      return { status, headers, body: xmlDocument(service.xmlNamespace, ec2Errors, value) };
    }
    case "restXml": {
      // S3's errors carry no namespace; a client other than the SDK finds no code in one that does.
      const value = { Code, Message, RequestId: requestId };
      return {
        status,
        headers: { ...headers, "x-amz-request-id": requestId },
        body: xmlDocument("", restError, value),
      };
    }
    case "awsJson1_0":
    case "awsJson1_1":
    case "restJson1":
      return writeJsonError(service, fault, Type, requestId);
    default: {
      const value = { Error: { Type, Code, Message }, RequestId: requestId };
      return { status, headers, body: xmlDocument(service?.xmlNamespace ?? "", queryErrors, value) };
    }
  }
}

interface Fault {
  code: string;
  status: number;
  message: string;
  /** The members that the model gives the exception beside its message. */
  members: Record<string, unknown>;
  headers: Record<string, string>;
}

function faultOf(service: Service | undefined, error: unknown): Fault {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const declared = service?.errorSchema(thrown.name);
  if (thrown instanceof AwsError)
    return { code: thrown.code, status: thrown.status, message: thrown.message, ...declaredMembers(declared, thrown) };
  if (declared) {
    const { awsQueryError, httpError, error: side } = traitsOf(normalized(declared));
    return {
      // The query protocols shorten some names: DBInstanceNotFoundFault travels as DBInstanceNotFound.
      code: Array.isArray(awsQueryError) ? String(awsQueryError[0]) : thrown.name,
      status: typeof httpError === "number" ? httpError : side === "server" ? 500 : 400,
      message: thrown.message,
      ...declaredMembers(declared, thrown),
    };
  }
  console.error("[simulated AWS] a handler failed:", thrown);
  const message = `The simulated service failed: ${thrown.message}`;
  return { code: "InternalFailure", status: 500, message, members: {}, headers: {} };
}

function declaredMembers(declared: SchemaRef | undefined, thrown: Error): Pick<Fault, "members" | "headers"> {
  const members: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  if (declared === undefined) return { members, headers };
  for (const [name, member] of normalized(declared).structIterator()) {
    const value = (thrown as unknown as Record<string, unknown>)[name];
    if (value === undefined || value === null || name.toLowerCase() === "message") continue;
    const { httpHeader } = traitsOf(member);
    if (httpHeader) headers[httpHeader.toLowerCase()] = String(value);
    else members[name] = value;
  }
  return { members, headers };
}

function writeJsonError(service: Service, fault: Fault, type: string, requestId: string): WireResponse {
  const { code, status, message, members } = fault;
  const isRest = service.protocol === "restJson1";
  return {
    status,
    headers: {
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": code,
      "content-type": isRest ? "application/json" : jsonType(service.protocol as "awsJson1_0" | "awsJson1_1"),
      ...(service.isQueryCompatible && { "x-amzn-query-error": `${code};${type}` }),
      ...fault.headers,
    },
    body: JSON.stringify({ ...(!isRest && { __type: code }), message, ...members }),
  };
}

const error = structure("Error", [
  ["Type", text],
  ["Code", text],
  ["Message", text],
]);
const queryErrors = structure("ErrorResponse", [
  ["Error", () => error],
  ["RequestId", text],
]);
const ec2Errors = structure("Response", [
  ["Errors", () => structure("Errors", [["Error", () => error]])],
  ["RequestID", text],
]);
const restError = structure("Error", [
  ["Code", text],
  ["Message", text],
  ["RequestId", text],
]);
