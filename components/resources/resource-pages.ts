import { infiniteQueryOptions } from "@tanstack/react-query";
import type { RouterInputs, RouterOutputs } from "@/server/routers";

type ListInput = RouterInputs["resources"]["list"];
type ListPage = RouterOutputs["resources"]["list"];

/**
 * The list page after page. Not tRPC's own infinite query: that one sends `direction` for the way of paging, which is
 * what our API calls the order. The key begins like tRPC's, so that invalidating `resources.list` reaches it too.
 */
export function resourcePages(input: ListInput, read: (input: ListInput) => Promise<ListPage>) {
  return infiniteQueryOptions({
    queryKey: [["resources", "list"], { input, type: "pages" }],
    queryFn: ({ pageParam }) => read(pageParam ? { ...input, cursor: pageParam } : input),
    initialPageParam: "",
    getNextPageParam: (page: ListPage) => page.nextCursor,
  });
}
