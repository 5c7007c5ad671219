import { z } from "zod";
import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { csvHeader, csvLine } from "./csv";
import { resourceListInput } from "./filter";
import { allResources } from "./lists";

const many = (query: URLSearchParams, key: string) =>
  query
    .getAll(key)
    .flatMap((value) => value.split(","))
    .filter(Boolean);

const exportParams = ["type", "account", "region", "state", "tag", "presence", "q", "sort", "direction"] as const;

/**
 * The list's own URL parameters as its input. Throws a ZodError that names the parameter at fault, also one that is none: a
 * filter that is spelt wrongly would export everything.
 */
export function exportInput(query: URLSearchParams) {
  known.parse(Object.fromEntries(query));
  const optional = (key: string) => query.get(key) ?? undefined;
  const lists = {
    types: many(query, "type"),
    accountIds: many(query, "account"),
    regions: many(query, "region"),
    states: many(query, "state"),
    tags: query.getAll("tag"),
  };
  return resourceListInput.parse({
    filter: { ...lists, presence: optional("presence"), search: optional("q") },
    sort: optional("sort"),
    direction: optional("direction"),
  });
}

const known = z.strictObject(Object.fromEntries(exportParams.map((name) => [name, z.string().optional()])));

/** The whole filtered set as a CSV stream: a page is read when the one before it has been sent. Written down before it begins. */
export async function exportCsv(
  ctx: RoomContext,
  input: ReturnType<typeof exportInput>,
): Promise<ReadableStream<Uint8Array>> {
  const detail = Object.fromEntries(Object.entries(input.filter).filter(([, value]) => value?.length));
  await forTenant(ctx.tenantId, (tx) =>
    record(tx, ctx, { action: "resources.export", target: "resources as CSV", detail }),
  );
  const encoder = new TextEncoder();
  const pages = allResources(ctx, input);
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvHeader)),
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(csvLine).join("")));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
}
