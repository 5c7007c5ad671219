import { infiniteQueryOptions } from "@tanstack/react-query";

/**
 * A list page after page. Not tRPC's own infinite query: that one sends `direction` for the way of paging, which is what
 * our API calls the order. The key begins like tRPC's, so that invalidating the procedure at `path` reaches it too.
 */
export function listPages<Input extends { cursor?: string }, Page extends { nextCursor: string | null }>(
  path: [room: string, procedure: string],
  input: Input,
  read: (input: Input) => Promise<Page>,
) {
  return infiniteQueryOptions({
    queryKey: [path, { input, type: "pages" }],
    queryFn: ({ pageParam }) => read(pageParam ? { ...input, cursor: pageParam } : input),
    initialPageParam: "",
    getNextPageParam: (page: Page) => page.nextCursor,
  });
}
