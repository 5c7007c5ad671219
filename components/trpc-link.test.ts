import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTRPCClient } from "@trpc/client";
import superjson from "superjson";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AppRouter } from "@/server/routers";
import { batchLink } from "./trpc-link";

const asked: { url: string; traceparent: string }[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer(({ url = "", headers }, response) => {
    asked.push({ url, traceparent: String(headers.traceparent) });
    const answer = { result: { data: superjson.serialize([]) } };
    const procedures = url.split("?")[0]!.split(",");
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(procedures.map(() => answer)));
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
});
afterAll(() => void server.close());

it("begins a trace with each request, however many procedures it calls", async () => {
  const { port } = server.address() as AddressInfo;
  const client = createTRPCClient<AppRouter>({ links: [batchLink(`http://127.0.0.1:${port}/api/trpc`)] });
  await Promise.all([client.accounts.list.query(), client.drift.overview.query({})]);
  await client.accounts.list.query();
  expect(asked.map(({ url }) => url.split("?")[0])).toEqual([
    "/api/trpc/accounts.list,drift.overview",
    "/api/trpc/accounts.list",
  ]);
  const traces = asked.map(
    ({ traceparent }) => /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-01$/.exec(traceparent)?.[1],
  );
  expect(traces).not.toContain(undefined);
  expect(new Set(traces).size).toBe(2);
});
