import { beforeAll, expect, it, vi } from "vitest";
import { useSimulatedAws } from "../tests/harness/aws";
import { useDatabase } from "../tests/harness/database";
import { settleDrift } from "../tests/harness/drift";
import { call, contextOf } from "../tests/harness/procedures";
import { connect, person, workAll } from "../tests/harness/tenants";
import { useTraceCollector, type SentSpan } from "../tests/harness/trace-collector";
import { forTenant } from "./db/client";
import { runCron } from "./jobs/cron";
import { endTracing, startTracing } from "./tracing";

// Whole syncs, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

process.env.CRON_SECRET = "0123456789abcdef";
useDatabase();
const aws = useSimulatedAws({ detectionMs: () => 1 });
const collector = useTraceCollector();
const ada = person("user_ada");
let accountId: string;

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, "123456789012"));
  await workAll();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint();
  await startTracing();
});

/** The names of the spans above one, outermost first; what the browser sent along has none here. */
function above(span: SentSpan): string[] {
  const parent = collector.received.find((one) => one.span.spanId === span.parentSpanId)?.span;
  return parent ? [...above(parent), parent.name] : [];
}

/** A click by a browser that traces, and all that comes of it in this process, as it would in another. */
async function clicked(traceId: string, path: string, input: object) {
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  expect(await call(contextOf("user_ada", { headers: { traceparent } }), path, input)).toHaveProperty("data");
  await workAll();
  await settleDrift(ada);
  await endTracing();
  return collector.received.map(({ span }) => span).filter((span) => span.traceId === traceId);
}

it("leads from a Sync click to the calls to AWS that other processes make for it, and to no other's", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const spans = await clicked(traceId, "resources.sync", { accountId });
  for (const name of ["ec2.DescribeRegions", "ec2.DescribeInstances", "lambda.ListFunctions", "s3.ListBuckets"]) {
    const span = spans.find((one) => one.name === name);
    expect(span && above(span)[0], name).toBe("resources.sync");
  }
  const scans = spans.filter(({ name }) => name === "scan");
  expect(scans).toHaveLength(await forTenant(ada.tenantId, (tx) => tx.scanCell.count({ where: { accountId } })));

  // The clock's own belong to nobody's click.
  await forTenant(ada.tenantId, (tx) => tx.awsAccount.updateMany({ data: { syncDueAt: new Date(0) } }));
  const before = collector.received.length;
  await workAll();
  await endTracing();
  const after = collector.received.slice(before).map(({ span }) => span);
  expect(after.some(({ name }) => name === "ec2.DescribeInstances")).toBe(true);
  expect(after.filter((span) => span.traceId === traceId)).toEqual([]);
});

it("leads from a click for newer costs to the questions that are paid for", async () => {
  await forTenant(ada.tenantId, (tx) => tx.costRefresh.updateMany({ data: { startedAt: new Date(0) } }));
  const spans = await clicked("6bf92f3577b34da6a3ce929d0e0e4736", "cost.refresh", {});
  const span = spans.find(({ name }) => name === "ce.GetCostAndUsage");
  expect(span && above(span)).toEqual(expect.arrayContaining(["cost.refresh", "cost refresh"]));
});

it("leads from a click for a detection to the looks that follow it", async () => {
  const { id } = await forTenant(ada.tenantId, (tx) =>
    tx.resource.findFirstOrThrow({ where: { name: "network-foundation", region: "us-east-1" } }),
  );
  const spans = await clicked("5bf92f3577b34da6a3ce929d0e0e4736", "drift.triggerMany", { stackIds: [id] });
  for (const name of ["cloudformation.DetectStackDrift", "cloudformation.DescribeStackResourceDrifts"]) {
    const span = spans.find((one) => one.name === name);
    expect(span && above(span)[0], name).toBe("drift.triggerMany");
  }
});

it("sends a procedure's spans after its answer on Vercel, where the process stands still once it has answered", async () => {
  process.env.VERCEL = "1";
  // Next itself says what was asked for: there is no response here that anything could come after.
  const outcome = await call(contextOf("user_ada"), "accounts.list", {});
  delete process.env.VERCEL;
  expect(outcome).toHaveProperty("message", expect.stringMatching(/`after` was called outside a request scope/));
});

it("sends what a cron's tick did before it answers on Vercel", async () => {
  process.env.VERCEL = "1";
  await forTenant(ada.tenantId, (tx) => tx.awsAccount.updateMany({ data: { syncDueAt: new Date(0) } }));
  const before = collector.received.length;
  expect((await runCron("inventory", "Bearer 0123456789abcdef")).status).toBe(200);
  delete process.env.VERCEL;
  const names = collector.received.slice(before).map(({ span }) => span.name);
  expect(names.filter((name) => name === "scan")).toHaveLength(
    await forTenant(ada.tenantId, (tx) => tx.scanCell.count({ where: { accountId } })),
  );
});
