import { readHttpInput } from "./http-input";
import { matchRoute, placeOf } from "./http-route";
import { unknownOperation } from "./errors";
import type { WireRequest } from "./message";
import { readQuery } from "./query";
import type { Operation, Service } from "./service";

export interface Call {
  operation: Operation;
  input: unknown;
}

/** Which operation a request asks for, and its input, by the service's protocol. */
export async function readRequest(service: Service, request: WireRequest): Promise<Call> {
  switch (service.protocol) {
    case "ec2Query":
    case "awsQuery": {
      const parameters = new URLSearchParams(request.body.toString("utf8"));
      const operation = named(service, parameters.get("Action") ?? request.query.get("Action") ?? "");
      return { operation, input: readQuery(operation.input, parameters, service.protocol) };
    }
    case "awsJson1_0":
    case "awsJson1_1": {
      // DynamoDB_20120810.ListTables
      const operation = named(service, (request.headers["x-amz-target"] ?? "").split(".").at(-1) ?? "");
      if (!operation.input.isStructSchema()) return { operation, input: {} };
      return { operation, input: await service.codec.createDeserializer().read(operation.input, request.body) };
    }
    default:
      return readRestRequest(service, request);
  }
}

function named(service: Service, name: string): Operation {
  const operation = service.operations.get(name);
  if (!operation) throw unknownOperation(service, name);
  return operation;
}

async function readRestRequest(service: Service, request: WireRequest): Promise<Call> {
  const place = placeOf(service.signingName, request.path);
  const hint = request.query.get("x-id");
  for (const operation of service.byRoute) {
    if (!operation.http || (hint && hint !== operation.name)) continue;
    const labels = matchRoute(operation.http, request, place);
    if (!labels) continue;
    const all = place.bucket === undefined ? labels : { ...labels, Bucket: place.bucket };
    return { operation, input: await readHttpInput(service, operation, request, all) };
  }
  throw unknownOperation(service, `${request.method} ${request.path}`);
}
