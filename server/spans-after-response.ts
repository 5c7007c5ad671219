import { endTracing, isTracing } from "./tracing";

/** On Vercel a function stands still once it has answered, and spans would wait with it for their batch: they are sent after the answer. */
export async function sendSpansAfterResponse(): Promise<void> {
  if (!process.env.VERCEL || !isTracing()) return;
  const { after } = await import("next/server");
  after(endTracing);
}
