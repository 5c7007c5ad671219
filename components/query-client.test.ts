import { QueryObserver } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { afterEach, expect, it } from "vitest";
import { createQueryClient } from "./query-client";

const client = createQueryClient();
afterEach(() => client.clear());

/** A query that a page shows: how it is answered can be changed, and how often it was asked is counted. */
function shown(name: string, answer: () => unknown) {
  const query = { asked: 0, answer };
  const observer = new QueryObserver(client, {
    queryKey: [name],
    retry: false,
    queryFn: () => {
      query.asked += 1;
      return query.answer();
    },
  });
  observer.subscribe(() => {});
  const settled = () => expect.poll(() => observer.getCurrentResult().fetchStatus).toBe("idle");
  return Object.assign(query, { observer, settled });
}
const fails = () => Promise.reject(new Error("the database is away"));
const notFound = () =>
  Promise.reject(
    new TRPCClientError("not there", {
      result: { error: { data: { appCode: "NOT_FOUND", requestId: null } } } as never,
    }),
  );

it("asks for all that failed once one of them is answered again", async () => {
  const [list, facets, whole] = [shown("list", fails), shown("facets", fails), shown("whole", () => "read")];
  for (const query of [list, facets, whole]) await query.settled();
  list.answer = facets.answer = () => "read";
  await list.observer.refetch();
  await expect.poll(() => facets.observer.getCurrentResult().data).toBe("read");
  expect([list.asked, facets.asked, whole.asked]).toEqual([2, 2, 1]);
});

it("asks again for nothing that was answered with no", async () => {
  const [list, missing] = [shown("list", fails), shown("missing", notFound)];
  for (const query of [list, missing]) await query.settled();
  list.answer = () => "read";
  await list.observer.refetch();
  expect([list.asked, missing.asked]).toEqual([2, 1]);
});

it("leaves the others alone where one that never failed is read again", async () => {
  const [list, facets] = [shown("list", () => "read"), shown("facets", fails)];
  for (const query of [list, facets]) await query.settled();
  await list.observer.refetch();
  expect([list.asked, facets.asked]).toEqual([2, 1]);
});
