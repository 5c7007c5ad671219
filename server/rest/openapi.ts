import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { errorCodes, type ErrorCode } from "../errors";
import type { Endpoint } from "./endpoint";
import { healthOperation } from "./health-operation";
import { endpoints } from "./index";

type Document = ReturnType<typeof createDocument>;
const made = new Map<string, Document>();

/**
 * The OpenAPI 3.1 document, made from the schemas that check the requests. `serverUrl`, a setting, is where people open CloudGuard.
 * Made once: it takes some 20 ms, and anybody may ask for it.
 */
export function openApiDocument(serverUrl: string): Document {
  const document = made.get(serverUrl) ?? makeDocument(serverUrl);
  made.set(serverUrl, document);
  return document;
}

function makeDocument(serverUrl: string): Document {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {
    "/health": { get: healthOperation("health", "Server health check") },
    "/api/health": { get: healthOperation("apiHealth", "Server health check, beside the API") },
  };
  for (const endpoint of endpoints)
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  const document: ZodOpenApiObject = {
    openapi: "3.1.0",
    info: { title: "CloudGuard API", version: "1.0.0", description: introduction },
    servers: [{ url: serverUrl }],
    tags: [...new Set(endpoints.map(({ group }) => group)), "Health"].map((name) => ({ name })),
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A session token (JWT) or an API key of Clerk." },
      },
    },
    paths,
  };
  return createDocument(document, { override: plainly });
}

/** Says no more than is meant: whole numbers are not bounded by what JavaScript counts to, and answers may grow. */
function plainly({ jsonSchema, io }: ZodOpenApiOverrideContext): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

const introduction = `Every AWS account of a team on one page: inventory, CloudFormation drift, cost.

Send \`Authorization: Bearer\` with a session token or an API key of Clerk. Answers are \`{ success: true, data }\`, failures \`{ success: false, error: { code, message, requestId, fields? } }\` with a status of their own. Every answer has an \`X-Request-Id\`. A parameter or a field that is not listed here is refused with 400, so that a misspelt one is never passed over. \`null\` is a figure that was not read; it is never zero.`;

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { id, group, summary, description, params, query, body, status, data, message, example } = endpoint;
  const envelope = z.object({
    success: z.literal(true),
    data,
    ...(message && { message: z.string() }),
  });
  const answer = { success: true, data: example.data, ...(message && { message }) };
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(description && { description }),
    ...((params ?? query) && {
      requestParams: {
        ...(params && { path: withExamples(params, example.params) }),
        ...(query && { query: withExamples(query, example.query) }),
      },
    }),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: body.strict(), example: example.body } },
      },
    }),
    responses: {
      [String(status)]: {
        description: message ?? "What was asked for.",
        headers: requestIdHeader.extend(rateLimitHeaders),
        content: { "application/json": { schema: envelope, example: answer } },
      },
      ...Object.fromEntries(errorsOf(endpoint).map((code) => [String(errorCodes[code]), errorResponses[code]])),
    },
  };
}

/** The parameters with their examples, which are also what the endpoint's example request sends. */
function withExamples(schema: z.ZodObject, example: Record<string, unknown> = {}): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => [
        name,
        name in example ? field.meta({ ...field.meta(), param: { example: example[name] } }) : field,
      ]),
    ),
  );
}

function errorsOf({ method, body, errors = [] }: Endpoint): ErrorCode[] {
  const withBody: ErrorCode[] = body ? ["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] : [];
  const ofChanges: ErrorCode[] = method === "GET" ? [] : ["FORBIDDEN"];
  const ofAll: ErrorCode[] = ["BAD_REQUEST", "UNAUTHORIZED", "TOO_MANY_REQUESTS", "INTERNAL"];
  return [...ofAll, ...ofChanges, ...errors, ...withBody].sort((a, b) => errorCodes[a] - errorCodes[b]);
}

const requestIdHeader = z.object({
  "X-Request-Id": z.string().meta({ description: "To quote when something is wrong." }),
});

/** Of the tightest of the allowances that the request drew on. */
const rateLimitHeaders = {
  "RateLimit-Limit": z.int().meta({ description: "Requests a minute." }),
  "RateLimit-Remaining": z.int().meta({ description: "How many of them are left." }),
  "RateLimit-Reset": z.int().meta({ description: "Seconds until they are all there again." }),
  "RateLimit-Policy": z.string().meta({ description: "The limit and its window in seconds: `600;w=60`." }),
};

const failure = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.string(),
      message: z.string().meta({ description: "What happened and what to do." }),
      requestId: z.string(),
      fields: z.record(z.string(), z.string()).optional().meta({ description: "What is wrong with which input." }),
    }),
  })
  .meta({ id: "Failure" });

const meanings: Record<ErrorCode, string> = {
  BAD_REQUEST: "Something in the request is wrong; `fields` says what.",
  UNAUTHORIZED: "There is no valid bearer token.",
  FORBIDDEN: "Only an admin of the organisation may do this, or the API key may only read.",
  NOT_FOUND: "There is no such thing, or it is somebody else's.",
  METHOD_NOT_SUPPORTED: "The path has no such verb; `Allow` lists those that it has.",
  CONFLICT: "It cannot be done in the state that things are in; the message says what to do.",
  PAYLOAD_TOO_LARGE: "The body is larger than 64 KiB.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not JSON.",
  TOO_MANY_REQUESTS: "Too many requests; `Retry-After` says in how many seconds to ask again.",
  INTERNAL: "Something failed on our side; quote the request id.",
  BAD_GATEWAY: "AWS could not be reached or did not answer.",
};

const errorResponses = Object.fromEntries(
  Object.entries(meanings).map(([code, description]) => [code, errorResponse(code, description)]),
) as Record<ErrorCode, ZodOpenApiResponseObject>;

function errorResponse(code: string, description: string): ZodOpenApiResponseObject {
  const retryAfter = { "Retry-After": z.int().meta({ description: "Seconds." }) };
  return {
    id: code,
    description,
    headers:
      code === "TOO_MANY_REQUESTS" ? requestIdHeader.extend({ ...retryAfter, ...rateLimitHeaders }) : requestIdHeader,
    content: { "application/json": { schema: failure } },
  };
}
