import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";

const state = z
  .object({ status: z.enum(["ok", "unavailable"]), database: z.enum(["ok", "unreachable"]) })
  .meta({ id: "Health" });

/** The health check, as the OpenAPI document describes it: the one answer without an envelope. It has two addresses. */
export function healthOperation(operationId: string, summary: string): ZodOpenApiOperationObject {
  const answer = (description: string, example: z.output<typeof state>) => ({
    description,
    content: { "application/json": { schema: state, example } },
  });
  return {
    operationId,
    tags: ["Health"],
    summary,
    description: "No sign-in, and no envelope around the answer.",
    security: [],
    responses: {
      "200": answer("The server can serve.", { status: "ok", database: "ok" }),
      "503": answer("Its database does not answer.", { status: "unavailable", database: "unreachable" }),
    },
  };
}
