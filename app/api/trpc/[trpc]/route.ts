import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { bodyWithin } from "@/server/body-limit";
import { newRequestId } from "@/server/context";
import { createContext } from "@/server/request-context";
import { verbs } from "@/server/rest/verbs";
import { appRouter } from "@/server/routers";

export const dynamic = "force-dynamic";
/** On Vercel a tick may follow the answer. */
export const maxDuration = 60;

const MAX_BODY_BYTES = 256 * 1024;
/** As many as our own pages put into one request. */
const MAX_BATCH = 20;

const handler = async (request: Request) => {
  const req = await bodyWithin(request, MAX_BODY_BYTES);
  if (!req)
    return Response.json(
      { error: `The body is larger than ${MAX_BODY_BYTES} bytes.` },
      { status: 413, headers: { "X-Request-Id": newRequestId() } },
    );
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext,
    responseMeta: ({ ctx }) => ({ headers: ctx?.answer.headers }),
  });
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verbs({ GET: handler, POST: handler });
