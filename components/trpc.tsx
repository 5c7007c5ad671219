"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { useState, type ReactNode } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/server/routers";
import { createQueryClient } from "./query-client";

/** The API's procedures as hooks. */
export const trpc = createTRPCReact<AppRouter>();

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    // During the server's rendering pages come with their data, so that this address is only ever used in the browser.
    trpc.createClient({
      links: [httpBatchLink({ url: "/api/trpc", transformer: superjson, maxURLLength: 6000, maxItems: 20 })],
    }),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
