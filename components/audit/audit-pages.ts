import { infiniteQueryOptions } from "@tanstack/react-query";
import type { RouterInputs, RouterOutputs } from "@/server/routers";

type ListInput = RouterInputs["audit"]["list"];
type ListPage = RouterOutputs["audit"]["list"];

/** The log page after page. The key begins like tRPC's, so that invalidating `audit.list` reaches it too. */
export function auditPages(input: ListInput, read: (input: ListInput) => Promise<ListPage>) {
  return infiniteQueryOptions({
    queryKey: [["audit", "list"], { input, type: "pages" }],
    queryFn: ({ pageParam }) => read(pageParam ? { ...input, cursor: pageParam } : input),
    initialPageParam: "",
    getNextPageParam: (page: ListPage) => page.nextCursor,
  });
}
