"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCReact } from "@trpc/react-query";
import { useState, type ReactNode } from "react";
import type { AppRouter } from "@/server/routers";
import { createQueryClient } from "./query-client";
import { batchLink } from "./trpc-link";

/** The API's procedures as hooks. */
export const trpc = createTRPCReact<AppRouter>();

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    // During the server's rendering pages come with their data, so that this address is only ever used in the browser.
    trpc.createClient({ links: [batchLink("/api/trpc")] }),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
