import { FromStringShapeDeserializer } from "@smithy/core/protocols";
import { AwsError } from "./errors";
import type { WireRequest } from "./message";
import { readQuery } from "./query";
import { textSettings, traitsOf, type Untyped } from "./schemas";
import type { Operation, Route, Service } from "./service";

/** Which operation a request asks for and its input. Throws AWS's answer to an operation that is not simulated. */
export async function readRequest(
  service: Service,
  request: WireRequest,
): Promise<{ operation: Operation; input: unknown }> {
  const { protocol } = service;
  if (protocol.endsWith("Query")) {
    const params = new URLSearchParams(request.body.toString("utf8"));
    const operation = named(service, params.get("Action") ?? request.query.get("Action") ?? "");
    const isEc2 = protocol === "ec2Query";
    return { operation, input: hasInput(operation) ? readQuery(operation.input, params, { isEc2 }) : {} };
  }
  if (protocol.startsWith("rest")) {
    const { operation, labels } = routed(service, request);
    return { operation, input: await readBindings(service, operation, request, labels) };
  }
  const target = protocol === "rpcv2Cbor" ? request.path.split("/") : (request.headers["x-amz-target"] ?? "").split(".");
  const operation = named(service, target.at(-1) ?? "");
  return { operation, input: hasInput(operation) ? await decode(service, operation.input, request.body) : {} };
}

function named(service: Service, name: string): Operation {
  const operation = service.operations.get(name);
  if (!operation) throw notSimulated(service, name);
  return operation;
}

function notSimulated(service: Service, what: string): AwsError {
  const code = service.protocol.startsWith("awsJson") ? "UnknownOperationException" : "InvalidAction";
  return new AwsError(code, 400, `The action ${what} is not simulated for ${service.signingName}.`);
}

function routed(service: Service, request: WireRequest): { operation: Operation; labels: Record<string, string> } {
  const isS3 = service.signingName === "s3";
  // Path style: the bucket is the first part of the path, which the operations' own paths do not have.
  const [, bucket, rest] = (isS3 && /^\/([^/]+)(\/.*)?$/.exec(request.path)) || [];
  const path = bucket === undefined ? request.path : (rest ?? "/");
  const asked = request.query.get("x-id");
  for (const operation of service.routed) {
    const { route } = operation;
    if (route.method !== request.method || (isS3 && route.needsBucket !== (bucket !== undefined))) continue;
    if (asked && asked !== operation.name) continue;
    const found = route.pattern.exec(path);
    if (!found || !hasParameters(route, request.query)) continue;
    const labels = Object.fromEntries(route.labels.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? "")]));
    return { operation, labels: bucket === undefined ? labels : { Bucket: decodeURIComponent(bucket), ...labels } };
  }
  throw notSimulated(service, `${request.method} ${request.path}`);
}

function hasParameters({ query }: Route, given: URLSearchParams): boolean {
  return query.every(([name, value]) => given.has(name) && (value === null || given.get(name) === value));
}

const hasInput = (operation: Operation) => operation.input.isStructSchema();
const texts = new FromStringShapeDeserializer({ ...textSettings, httpBindings: true });

/** Collects a structure from where its members' HTTP bindings put them. */
async function readBindings(
  service: Service,
  operation: Operation,
  { query, headers, body }: WireRequest,
  labels: Record<string, string>,
): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  if (!hasInput(operation)) return input;
  const bound = new Set<string>();
  let isBodyUsed = false;
  for (const [name, member] of operation.input.structIterator()) {
    const traits = traitsOf(member);
    const put = (text: string | undefined) => {
      if (text !== undefined) input[name] = texts.read(member as Untyped, text);
    };
    if (traits.httpLabel) put(labels[name]);
    else if (traits.httpHeader) put(headers[traits.httpHeader.toLowerCase()]);
    else if (traits.httpQuery) {
      bound.add(traits.httpQuery);
      const all = query.getAll(traits.httpQuery);
      if (!member.isListSchema()) put(all[0]);
      else if (all.length > 0) input[name] = all.map((one) => texts.read(member.getValueSchema() as Untyped, one));
    } else if (traits.httpPrefixHeaders) {
      input[name] = withPrefix(headers, traits.httpPrefixHeaders.toLowerCase());
    } else if (traits.httpPayload) {
      if (body.length === 0) continue;
      if (member.isBlobSchema()) input[name] = body;
      else if (member.isStringSchema()) input[name] = body.toString("utf8");
      else input[name] = await decode(service, member, body);
    } else if (traits.httpQueryParams) {
      input[name] = Object.fromEntries([...query].filter(([key]) => !bound.has(key)));
    } else isBodyUsed = true;
  }
  return isBodyUsed && body.length > 0 ? { ...input, ...(await decode(service, operation.bodyIn, body)) } : input;
}

function withPrefix(headers: Record<string, string>, prefix: string): Record<string, string> {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function decode(service: Service, schema: Untyped, body: Buffer): Promise<Untyped> {
  return service.codec.createDeserializer().read(schema, body);
}
