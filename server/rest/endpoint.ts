import type { z } from "zod";
import type { ErrorCode } from "../errors";
import type { createCaller } from "../routers";

/** The routers in this process, with the rights of whoever asks. */
export type Caller = ReturnType<typeof createCaller>;

type Shape = z.ZodObject;
type Nothing = z.ZodObject<Record<never, never>>;

/**
 * One verb of one path: what it takes and gives, as schemas that check requests, type the answer and become the OpenAPI
 * document; and the procedures that it calls. Nothing is decided here.
 */
export interface Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Data extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST" | "DELETE";
  /** In OpenAPI's spelling: `/api/aws-accounts/{id}`. */
  path: string;
  /** OpenAPI's operationId. */
  id: string;
  group: "Accounts" | "Resources" | "Drift" | "Cost";
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  status: 200 | 201 | 202;
  data: Data;
  /** A sentence beside `data` where something was done. */
  message?: string;
  /** Beyond those that every endpoint has. */
  errors?: ErrorCode[];
  /** Where a room's name of a field differs from this door's. */
  fieldNames?: Record<string, string>;
  example: { params?: z.input<Params>; query?: z.input<Query>; body?: z.input<Body>; data: z.output<Data> };
  call(
    api: Caller,
    input: { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> },
  ): Promise<z.output<Data>>;
}

/** An endpoint with its types checked against each other, and then forgotten, so that a list may hold all of them. */
export function defineEndpoint<
  Data extends z.ZodType,
  Params extends Shape = Nothing,
  Query extends Shape = Nothing,
  Body extends Shape = Nothing,
>(endpoint: Endpoint<Params, Query, Body, Data>): Endpoint {
  return endpoint as unknown as Endpoint;
}
