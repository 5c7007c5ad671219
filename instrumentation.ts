/** Runs once when the server starts: refuses to serve where tenants would not be kept apart, then works due jobs beside it. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./server/start");
  await startServer();
}
