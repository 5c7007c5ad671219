import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../tests/harness/aws";
import { useTraceCollector, valueOf } from "../tests/harness/trace-collector";
import { openSession } from "./aws/session";
import { endTracing, startTracing, traced } from "./tracing";

const aws = useSimulatedAws();

const collector = useTraceCollector();
const { received, spanNamed } = collector;

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe("tracing", () => {
  it("loads nothing while no endpoint is set", async () => {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await startTracing();
    expect(await traced("quiet", {}, () => Promise.resolve(1))).toBe(1);
    expect(loadedTracing()).toEqual([]);
  });

  it("leads from the caller's trace over the procedure to each call to AWS", async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint();
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
