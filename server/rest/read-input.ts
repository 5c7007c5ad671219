import { ZodError, type z } from "zod";
import { bodyWithin } from "../body-limit";
import { AppError, wrongInput } from "../errors";
import type { Endpoint } from "./endpoint";

/** More than any body of this API needs. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * What a request says, checked against the endpoint's schemas. Throws BAD_REQUEST with every field at fault,
 * PAYLOAD_TOO_LARGE, or UNSUPPORTED_MEDIA_TYPE.
 */
export async function readInput(endpoint: Endpoint, request: Request, params: Record<string, string>) {
  const { searchParams } = new URL(request.url);
  return {
    params: parse(endpoint.params, params),
    query: parse(endpoint.query, queryOf(searchParams)),
    body: endpoint.body ? parse(endpoint.body, await readJson(request)) : {},
  };
}

function parse(schema: z.ZodObject | undefined, value: unknown): Record<string, unknown> {
  // A parameter that is misspelt would otherwise be left out of account without a word.
  if (!schema) return refuseAll(value as Record<string, unknown>);
  try {
    return schema.strict().parse(value);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const { message, fields } = wrongInput(error);
    throw new AppError("BAD_REQUEST", message, { fields });
  }
}

function refuseAll(given: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(given);
  if (names.length === 0) return {};
  throw new AppError("BAD_REQUEST", "This endpoint takes no parameters.", {
    fields: Object.fromEntries(names.map((name) => [name, "There is no such parameter here."])),
  });
}

/** A parameter that is given twice becomes a list, which no schema here takes. */
function queryOf(search: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((key) => {
      const values = search.getAll(key);
      return [key, values.length === 1 ? values[0] : values];
    }),
  );
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send the body as JSON, with Content-Type: application/json.");
  const within = await bodyWithin(request, MAX_BODY_BYTES);
  if (!within) throw new AppError("PAYLOAD_TOO_LARGE", `A body has at most ${MAX_BODY_BYTES / 1024} KiB.`);
  try {
    return JSON.parse(await within.text()) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError("BAD_REQUEST", `The body is not valid JSON: ${error.message}`);
  }
}
