import { defaultShouldDehydrateQuery, QueryCache, QueryClient, type Query } from "@tanstack/react-query";
import superjson from "superjson";
import { readError } from "./app-error";

/** One per request on the server, one per tab in the browser. Dates stay Dates across the wire. */
export function createQueryClient(): QueryClient {
  const failing = new Set<string>();
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (_error, { queryHash }) => failing.add(queryHash),
      // The server answers again: whatever else the page could not read is asked for too, so that one "Try again" is enough.
      onSuccess: (_data, { queryHash }) => {
        if (failing.delete(queryHash))
          void client.refetchQueries({ type: "active", predicate: isWorthRetrying }, { cancelRefetch: false });
      },
    }),
    defaultOptions: {
      // What the server has just rendered is not asked for again.
      queries: { staleTime: 60_000, retry: (failures, error) => failures < 2 && readError(error).isWorthRetrying },
      dehydrate: { serializeData: superjson.serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
  return client;
}

const isWorthRetrying = ({ state: { error } }: Query) => error !== null && readError(error).isWorthRetrying;
