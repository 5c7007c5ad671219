import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";
import { readError } from "./app-error";

/** One per request on the server, one per tab in the browser. Dates stay Dates across the wire. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the server has just rendered is not asked for again.
      queries: { staleTime: 60_000, retry: (failures, error) => failures < 2 && readError(error).isWorthRetrying },
      dehydrate: { serializeData: superjson.serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
