import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";

export interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  status: { code?: number; message?: string };
  attributes: { key: string; value: { stringValue?: string } }[];
}

/** An OpenTelemetry collector on loopback, as far as receiving spans goes, that keeps them in memory. */
export function useTraceCollector() {
  const received: { service?: string; span: SentSpan }[] = [];
  let collector: Server;
  beforeAll(async () => {
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as {
          resourceSpans: { resource: Pick<SentSpan, "attributes">; scopeSpans: { spans: SentSpan[] }[] }[];
        };
        for (const { resource, scopeSpans } of resourceSpans)
          for (const span of scopeSpans.flatMap(({ spans }) => spans))
            received.push({ service: valueOf(resource, "service.name"), span });
        response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
      });
    });
    await new Promise<void>((listening) => void collector.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => void collector.close());
  return {
    received,
    /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
    endpoint: () => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    spanNamed(name: string): SentSpan {
      const found = received.find(({ span }) => span.name === name);
      if (!found) throw new Error(`no span ${name} among ${received.map(({ span }) => span.name).join(", ")}`);
      return found.span;
    },
  };
}

export function valueOf({ attributes }: Pick<SentSpan, "attributes">, key: string): string | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value.stringValue;
}
