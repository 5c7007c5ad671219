import "server-only";
import { TRPCError } from "@trpc/server";
import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { notFound } from "next/navigation";
import { cache } from "react";
import { createQueryClient } from "@/components/query-client";
import { createContext } from "@/server/request-context";
import { createCaller, type AppRouter } from "@/server/routers";

export const getQueryClient = cache(createQueryClient);

/** The routers in this process, with the session's own rights. */
export const caller = createCaller(cache(createContext));

/** Prefetches for a page, and the boundary that hands what was fetched to the browser with the page. */
export const { trpc, HydrateClient } = createHydrationHelpers<AppRouter>(caller, getQueryClient);

/**
 * Waits for a page's prefetches. What does not exist becomes the 404 page; any other failure is left to the page's own
 * component, which asks again and shows what went wrong with its request id.
 */
export async function ready(...prefetches: Promise<unknown>[]): Promise<void> {
  await Promise.all(prefetches);
  const failed = getQueryClient()
    .getQueryCache()
    .getAll()
    .map(({ state }) => state.error);
  if (failed.some((error) => error instanceof TRPCError && error.code === "NOT_FOUND")) notFound();
}
