import type { Instrumentation } from "next";

/** Runs once when the server starts: refuses to serve where tenants would not be kept apart, then works due jobs beside it. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./server/start");
  await startServer();
}

/** What rises out of a page or a route. The framework says it on the console too, through our log as everything there. */
export const onRequestError: Instrumentation.onRequestError = async (...given) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logRequestError } = await import("./server/request-error");
  await logRequestError(...given);
};
