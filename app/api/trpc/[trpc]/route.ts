import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/routers";
import { createContext, type TrpcContext } from "@/server/trpc";

export const dynamic = "force-dynamic";

const handler = async (request: Request) => {
  let context: TrpcContext | undefined;
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: async () => (context = await createContext()),
  });
  if (context) response.headers.set("X-Request-Id", context.requestId);
  return response;
};

export { handler as GET, handler as POST };
