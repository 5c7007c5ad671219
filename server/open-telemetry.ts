import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { Tracing } from "./tracing";

/**
 * Spans over OTLP/HTTP. The endpoint, headers, sampling, service name and the rest come from OpenTelemetry's own settings
 * (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES …).
 */
export function openTelemetry(): Tracing {
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "cloudguard" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = trace.getTracer("cloudguard");
  return {
    span(name, attributes, work, { parent, failureOf }) {
      const active = context.active();
      const within =
        parent && !trace.getSpan(active) ? propagation.extract(ROOT_CONTEXT, { traceparent: parent }) : active;
      const kind = "rpc.system" in attributes ? SpanKind.CLIENT : SpanKind.INTERNAL;
      return tracer.startActiveSpan(name, { attributes, kind }, within, async (span) => {
        try {
          const answer = await work();
          const failure = failureOf?.(answer);
          if (failure) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
          return answer;
        } catch (error) {
          // The name alone: a message may quote what a customer typed.
          span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    traceparent() {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return carrier.traceparent;
    },
    flush: () => provider.forceFlush(),
  };
}
