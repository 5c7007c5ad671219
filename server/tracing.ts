import type { Attributes } from "@opentelemetry/api";
import { perProcess } from "./per-process";

export interface SpanOptions<T> {
  /** A W3C traceparent, used where no span is open yet. */
  parent?: string | null;
  /** What went wrong, for work that answers its failure instead of throwing it. */
  failureOf?(answer: T): string | null;
}

/** What the tracing library does for us once it is loaded. */
export interface Tracing {
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>, options: SpanOptions<T>): Promise<T>;
  /** The open span, as W3C's traceparent. */
  traceparent(): string | undefined;
  /** Sends what is not sent yet. */
  flush(): Promise<void>;
}

const held = perProcess<{ tracing?: Tracing }>("tracing", () => ({}));

/** Starts tracing where OTEL_EXPORTER_OTLP_ENDPOINT says where to; nothing is loaded where it does not. */
export async function startTracing(): Promise<void> {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT || held.tracing) return;
  const { openTelemetry } = await import("./open-telemetry");
  held.tracing = openTelemetry();
}

/** Whether this process traces at all. */
export const isTracing = () => held.tracing !== undefined;

/** Runs `work` in a span of that name; without tracing it just runs. Attributes hold no secret and no customer's data. */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  options: SpanOptions<T> = {},
): Promise<T> {
  return held.tracing ? held.tracing.span(name, attributes, work, options) : work();
}

/** The trace that is open here, for work that goes on elsewhere; null where there is none. */
export function currentTraceparent(): string | null {
  return held.tracing?.traceparent() ?? null;
}

/** Sends the last spans, before the process ends. */
export async function endTracing(): Promise<void> {
  await held.tracing?.flush();
}
