import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../tests/harness/aws";
import { openSession } from "./aws/session";
import { endTracing, startTracing, traced } from "./tracing";

const aws = useSimulatedAws();

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  status: { code?: number; message?: string };
  attributes: { key: string; value: { stringValue?: string } }[];
}

/** An OpenTelemetry collector on loopback, as far as receiving spans goes. */
const received: { service?: string; span: SentSpan }[] = [];
let collector: Server;

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe("tracing", () => {
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

  it("loads nothing while no endpoint is set", async () => {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await startTracing();
    expect(await traced("quiet", {}, () => Promise.resolve(1))).toBe(1);
    expect(loadedTracing()).toEqual([]);
  });

  it("leads from the caller's trace over the procedure to each call to AWS", async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    await startTracing();
    expect(loadedTracing()).not.toEqual([]);
    const session = openSession(await aws.grant("123456789012"), "inventory");
    await traced("accounts.check", {}, () => session.enabledRegions(), { parent: traceparent });
    await endTracing();

    const procedure = spanNamed("accounts.check");
    expect(procedure).toMatchObject({ traceId, parentSpanId: "00f067aa0ba902b7" });
    for (const name of ["sts.AssumeRole", "ec2.DescribeRegions"]) expect(spanNamed(name)).toMatchObject({ traceId });
    expect(spanNamed("ec2.DescribeRegions").parentSpanId).toBe(procedure.spanId);
    expect(valueOf(spanNamed("ec2.DescribeRegions"), "cloud.region")).toBe("us-east-1");
    expect(received.map(({ service }) => service)).toContain("cloudguard");
  });

  it("marks what failed by its name alone, whether it was thrown or answered", async () => {
    await expect(traced("thrown", {}, () => Promise.reject(new TypeError("canary")))).rejects.toThrow("canary");
    await traced("answered", {}, () => Promise.resolve({ ok: false }), {
      failureOf: ({ ok }) => (ok ? null : "CONFLICT"),
    });
    await endTracing();
    expect(spanNamed("thrown").status).toEqual({ code: 2, message: "TypeError" });
    expect(spanNamed("answered").status).toEqual({ code: 2, message: "CONFLICT" });
    expect(JSON.stringify(received)).not.toContain("canary");
  });
});

/** The tracing library's files that this process has loaded. */
function loadedTracing(): string[] {
  return Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("@opentelemetry/sdk"));
}

function spanNamed(name: string): SentSpan {
  const found = received.find(({ span }) => span.name === name);
  if (!found) throw new Error(`no span ${name} among ${received.map(({ span }) => span.name).join(", ")}`);
  return found.span;
}

function valueOf({ attributes }: Pick<SentSpan, "attributes">, key: string): string | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value.stringValue;
}
