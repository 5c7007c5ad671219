import { z } from "zod";
import type { Identity } from "../../server/auth";
import type { TenantId } from "../../server/db/client";
import { contextFor, type TrpcContext } from "../../server/request-context";
import { appRouter, createCaller } from "../../server/routers";

export interface Procedure {
  /** As `accounts.byId`. */
  path: string;
  type: "query" | "mutation" | "subscription";
  costs: boolean;
  /** What it takes, as JSON Schema; null where it takes nothing. */
  input: JsonSchema | null;
}

/** The part of JSON Schema that zod writes for our inputs. */
export interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  /** What zod writes for a union that one field tells apart. */
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** Every procedure that the API has, read from the router itself: a new one cannot be forgotten. */
export function procedures(): Procedure[] {
  return Object.entries(builtProcedures()).map(
    ([
      path,
      {
        _def: { type, meta, inputs },
      },
    ]) => {
      const [schema] = inputs;
      const input = schema ? (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema) : null;
      return { path, type, costs: meta?.costs ?? false, input };
    },
  );
}

/** tRPC types its procedures for their callers; at run time it holds them by path, with what they were built from. */
function builtProcedures() {
  return appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; meta?: { costs?: boolean }; inputs: z.ZodType[] } }
  >;
}

/** A signed-in person's context, from a page of our own. */
export function contextOf(
  clerkUserId: string,
  { isAdmin = true, mayWrite = true, tenantId = clerkUserId, headers = {} as Record<string, string> } = {},
): TrpcContext {
  const identity: Identity = {
    tenantId: tenantId as TenantId,
    clerkUserId,
    isAdmin,
    mayWrite,
    email: () => Promise.resolve(`${clerkUserId}@example.com`),
  };
  const own = { host: "localhost:3000", origin: "http://localhost:3000", "x-forwarded-for": "203.0.113.7" };
  return contextFor(identity, new Headers({ ...own, ...headers }));
}

/** What a call ends in: its data, or our error's code and message without what differs from request to request. */
export type Outcome = { data: unknown } | { code: string; message: string };

type Caller = { (input: unknown): Promise<unknown>; [name: string]: Caller };

/** Calls a procedure by its path with any input at all, through everything that a request goes through. */
export async function call(context: TrpcContext, path: string, input: unknown): Promise<Outcome> {
  // Routers lie in routers: drift.ignoreRules.create.
  const procedure = path.split(".").reduce<Caller>((at, name) => at[name]!, createCaller(context) as unknown as Caller);
  try {
    return { data: await procedure(input) };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
}
