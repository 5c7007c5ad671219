import { FromStringShapeDeserializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { WireRequest } from "./message";
import { serializerSettings, traitsOf } from "./schema";
import type { Operation, Service } from "./service";

type Fields = Record<string, unknown>;

/** Gathers a REST operation's input from its path, query, headers and body. `labels` come from the path. */
export async function readHttpInput(
  service: Service,
  operation: Operation,
  request: WireRequest,
  labels: Record<string, string>,
): Promise<Fields> {
  const input: Fields = {};
  if (!operation.input.isStructSchema()) return input;
  const named = new Set<string>();
  let hasBodyMembers = false;
  for (const [name, member] of operation.input.structIterator()) {
    const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders, httpPayload, httpQueryParams } = traitsOf(member);
    if (httpQuery) named.add(httpQuery);
    if (httpLabel) set(input, name, member, labels[name]);
    else if (httpQuery) setFromQuery(input, name, member, request.query.getAll(httpQuery));
    else if (httpHeader) set(input, name, member, request.headers[httpHeader.toLowerCase()]);
    else if (httpPrefixHeaders) input[name] = prefixed(request.headers, httpPrefixHeaders.toLowerCase());
    else if (httpPayload) {
      if (request.body.length > 0) input[name] = await readPayload(service, member, request.body);
    } else if (httpQueryParams) input[name] = Object.fromEntries([...request.query].filter(([key]) => !named.has(key)));
    else hasBodyMembers = true;
  }
  if (hasBodyMembers && request.body.length > 0)
    Object.assign(input, await service.codec.createDeserializer().read(operation.bodyIn, request.body));
  return input;
}

const scalars = new FromStringShapeDeserializer({ ...serializerSettings, httpBindings: true });

function set(input: Fields, name: string, schema: NormalizedSchema, value: string | undefined): void {
  if (value !== undefined) input[name] = scalars.read(schema, value);
}

function setFromQuery(input: Fields, name: string, schema: NormalizedSchema, values: string[]): void {
  if (!schema.isListSchema()) return set(input, name, schema, values[0]);
  if (values.length > 0) input[name] = values.map((value): unknown => scalars.read(schema.getValueSchema(), value));
}

function prefixed(headers: Record<string, string>, prefix: string): Record<string, string> {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

async function readPayload(service: Service, schema: NormalizedSchema, body: Buffer): Promise<unknown> {
  if (schema.isBlobSchema()) return body;
  if (schema.isStringSchema()) return body.toString("utf8");
  return service.codec.createDeserializer().read(schema, body);
}
