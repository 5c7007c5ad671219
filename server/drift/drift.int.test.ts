import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { FIRST_SYNC_MS, settleDrift } from "../../tests/harness/drift";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { disconnectAccount } from "../accounts/disconnect";
import { pauseAccount, resumeAccount } from "../accounts/service";
import { forTenant, type TenantTx } from "../db/client";
import { detectionById, historyOf, jobById } from "./detections";
import { enqueue } from "./enqueue";
import { stackListInput } from "./filter";
import { createRule, removeRule } from "./ignore-rules";
import { driftOverview } from "./overview";
import { cancelJob, recheckUnknown, triggerDrift, triggerMany } from "./service";
import { listStacks, stackById, stackFacets } from "./stacks";
import { storedResults, storeResults } from "./store";
import { workDriftJobs } from "./work";

useDatabase();
let detectionMs = 0;
const aws = useSimulatedAws({ detectionMs: () => detectionMs });
const ada = person("user_ada");
const eve = person("user_eve");

const PRODUCTION = "123456789012";
const place = { awsAccountId: PRODUCTION, region: "us-east-1" };

/** What earlier tests were throttled for is forgotten. */
const widest = () => forTenant(ada.tenantId, (tx) => tx.driftLane.updateMany({ data: { cap: 3, throttledAt: null } }));

const all = (input: object = {}) => listStacks(ada, stackListInput.parse({ limit: 100, ...input }));
const named = async (stackName: string, region = "us-east-1") =>
  (await all({ isFolded: false })).rows.find((row) => row.stackName === stackName && row.region === region)!;

let accountId: string;
beforeAll(async () => {
  accountId = (await connect(ada, aws, PRODUCTION)).accountId;
  await workAll();
}, FIRST_SYNC_MS);

describe("the list of stacks", () => {
  it("tells AWS's last word without a detection, and never green what CloudGuard has not seen", async () => {
    const { rows, stacks } = await all({ isFolded: false });
    expect(rows).toHaveLength(15);
    expect(stacks.total).toBe(15);
    const foundation = rows.find(({ stackName }) => stackName === "network-foundation")!;
    expect(foundation.drift).toMatchObject({
      status: "IN_SYNC",
      source: "inventory",
      verdict: "UNVERIFIED",
      coverage: null,
    });
    expect(rows.some(({ drift }) => drift.verdict === "IN_SYNC")).toBe(false);
  });

  it("folds nested stacks under their root", async () => {
    const { rows, total } = await all();
    expect(total).toBe(13);
    const web = rows.find((row) => row.stackName === "web-app-infrastructure" && row.region === "us-east-1")!;
    expect(web.nested?.stacks.map(({ depth }) => depth)).toEqual([1, 1]);
    expect(rows.every(({ parentId }) => parentId === null)).toBe(true);
  });

  it("finds a root by its nested stack's name, and pages without losing or doubling one", async () => {
    expect((await all({ filter: { search: "MonitoringStack" } })).rows.map(({ stackName }) => stackName)).toEqual([
      "web-app-infrastructure",
    ]);
    for (const sort of ["name", "severity", "region", "detectedAt", "drift", "drifted", "status", "account"]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await all({ sort, cursor, limit: 4 });
        seen.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(new Set(seen).size).toBe(13);
      expect(seen).toHaveLength(13);
    }
  });

  it("counts what the filters offer", async () => {
    const facets = await stackFacets(ada, {});
    expect(facets.accounts).toMatchObject([{ awsAccountId: PRODUCTION, count: 15 }]);
    expect(facets.regions[0]).toEqual({ region: "us-east-1", count: 8 });
  });

  it("is summed up for as many regions as were chosen", async () => {
    const { rows } = await all({ isFolded: false });
    const regions = ["us-east-1", "us-west-2"];
    const chosen = rows.filter(({ region }) => regions.includes(region)).length;
    expect(chosen).toBeLessThan(rows.length);
    expect((await driftOverview(ada, { accountIds: [accountId], regions })).stacks.total).toBe(chosen);
    expect((await driftOverview(ada, { accountIds: ["another"], regions })).stacks.total).toBe(0);
  });
});

describe("a detection", () => {
  let jobId: string;

  it("is written before AWS is asked, and begun at once", async () => {
    const job = await triggerDrift(ada, { ...place, stackName: "web-app-infrastructure" });
    jobId = job.jobId;
    expect(job).toMatchObject({ status: "DETECTION_IN_PROGRESS", kind: "STACK", trigger: "MANUAL" });
    expect(job.driftDetectionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is joined by a second click", async () => {
    const again = await triggerDrift(ada, { stackId: (await named("web-app-infrastructure")).id });
    expect(again.jobId).toBe(jobId);
  });

  it("finds the opened security group down to the rule, worst first", async () => {
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE", failure: null });
    const detection = await detectionById(ada, { detectionId: jobId });
    expect(detection.verdict).toBe("DRIFTED");
    expect(detection.resources[0]).toMatchObject({
      logicalId: "WebSecurityGroup",
      severity: "CRITICAL",
      driftStatus: "MODIFIED",
    });
    expect(detection.resources[0]!.differences).toMatchObject([
      {
        path: "/SecurityGroupIngress/1",
        type: "ADD",
        expected: null,
        actual: { FromPort: 22, CidrIp: "0.0.0.0/0" },
        severity: "CRITICAL",
        because: "Open to the internet",
        isNew: false,
      },
    ]);
    expect(detection.resources.find(({ logicalId }) => logicalId === "JobsQueue")).toMatchObject({
      driftStatus: "DELETED",
      severity: "HIGH",
      actual: null,
    });
  });

  it("counts what it could not check against everything that the stack holds, and says what is missing", async () => {
    const { coverage, sentence } = await detectionById(ada, { detectionId: jobId });
    expect(coverage).toMatchObject({
      total: 9,
      checked: 7,
      unknown: 1,
      unsupported: 1,
      unsupportedTypes: ["Custom::DatabaseMigration"],
    });
    expect(coverage!.gaps).toMatchObject([{ action: "iam:GetRole", logicalIds: ["HandlerRole"] }]);
    expect(coverage!.gaps[0]!.statement).toContain('"iam:GetRole"');
    expect(sentence).toContain("7 of 9 resources checked; 1 unknown: missing iam:GetRole; 1 has no drift support.");
  });

  it("stores no secret that a template declares", async () => {
    const stored = await forTenant(ada.tenantId, (tx) => tx.stackDriftResult.findMany());
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain("canary-");
  });

  it("brings the list to the new state, with nested stacks rolled up", async () => {
    const web = await named("web-app-infrastructure");
    expect(web.drift).toMatchObject({
      source: "detection",
      status: "DRIFTED",
      severity: "CRITICAL",
      driftedResources: 4,
      detectionId: jobId,
    });
    expect((await all()).rows[0]!.nested).toMatchObject({ worstVerdict: "DRIFTED", worstSeverity: "CRITICAL" });
    expect((await all()).rows[0]!.stackName).toBe("web-app-infrastructure");
  });

  it("tells as new only what the detection before had not found, and what is well again", async () => {
    const change = { account: PRODUCTION, region: "us-east-1", stack: "web-app-infrastructure" };
    await aws.changeLive({ ...change, logicalId: "Ledger", live: { DeletionProtectionEnabled: false } });
    await aws.changeLive({ ...change, logicalId: "Handler", live: { MemorySize: 512 } });
    const second = await triggerDrift(ada, { ...place, stackName: "web-app-infrastructure" });
    await settleDrift(ada);
    const detection = await detectionById(ada, { detectionId: second.jobId });
    const fresh = detection.resources.flatMap(({ logicalId, differences }) =>
      differences.filter(({ isNew }) => isNew).map(({ path }) => `${logicalId}${path}`),
    );
    expect(fresh).toEqual(["Ledger/DeletionProtectionEnabled"]);
    expect(detection.newDifferences).toBe(1);
    const { ruleId } = await createRule(ada, { logicalId: "Ledger", reason: "Known" });
    expect((await detectionById(ada, { detectionId: second.jobId })).newDifferences).toBe(0);
    await removeRule(ada, { ruleId });
    expect(detection.resolved).toEqual([{ logicalId: "Handler", path: "/MemorySize" }]);
    const { rows } = await historyOf(ada, { stackId: (await named("web-app-infrastructure")).id, limit: 20 });
    expect(rows.map(({ id }) => id)).toEqual([second.jobId, jobId]);
  });

  it("tells nothing as new that was known before a detection could not check it", async () => {
    const { id: stackId, drift } = await named("web-app-infrastructure");
    const before = (await detectionById(ada, { detectionId: drift.detectionId! })).newDifferences;
    expect(before).toBe(1);
    await forTenant(ada.tenantId, (tx) =>
      tx.stackDriftResult.updateMany({
        where: { detectionId: drift.detectionId!, resourceLogicalId: { in: ["WebSecurityGroup", "JobsQueue"] } },
        data: { driftStatus: "UNKNOWN", propertyDifferences: [] },
      }),
    );
    const { jobId: third } = await triggerDrift(ada, { stackId });
    await settleDrift(ada);
    expect(await detectionById(ada, { detectionId: third })).toMatchObject({ newDifferences: 0, resolved: [] });
  });

  it("of a stack that is not eligible is refused with its state", async () => {
    await expect(triggerDrift(ada, { ...place, stackName: "payments-service" })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("UPDATE_IN_PROGRESS"),
    });
  });

  it("is AWS's to refuse or to take, whatever inventory read some time ago", async () => {
    const inventoryReads = (stackName: string, state: string) =>
      forTenant(ada.tenantId, (tx) =>
        tx.resource.updateMany({
          where: { type: "AWS::CloudFormation::Stack", name: stackName, region: "us-east-1" },
          data: { state },
        }),
      );
    await inventoryReads("payments-service", "UPDATE_COMPLETE");
    await expect(triggerDrift(ada, { ...place, stackName: "payments-service" })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("in UPDATE_IN_PROGRESS state"),
    });
    await inventoryReads("payments-service", "UPDATE_IN_PROGRESS");
    await inventoryReads("my-stack", "UPDATE_IN_PROGRESS");
    const job = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    expect(job).toMatchObject({ status: "DETECTION_IN_PROGRESS", failure: null });
    await inventoryReads("my-stack", "CREATE_COMPLETE");
    await settleDrift(ada);
  });

  it("is nobody else's to see or to begin", async () => {
    const stackId = (await named("web-app-infrastructure")).id;
    for (const asked of [
      () => triggerDrift(eve, { stackId }),
      () => stackById(eve, { stackId }),
      () => jobById(eve, { jobId }),
      () => detectionById(eve, { detectionId: jobId }),
      () => triggerMany(eve, { stackIds: [stackId] }),
      () => historyOf(eve, { stackId, limit: 1 }),
      () => triggerDrift(ada, { stackId: "random" }),
      () => jobById(ada, { jobId: "random" }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("every stack at once", () => {
  it("starts what can be started, skips the rest with the reason, and ends with an honest verdict for each", async () => {
    const receipt = await triggerMany(ada, { accountId });
    expect(receipt.skipped.map(({ stack }) => stack.stackName).sort()).toEqual(["payments-service", "search-service"]);
    expect(receipt.started).toHaveLength(13);
    await settleDrift(ada);
    const verdictOf = async (name: string, region?: string) => (await named(name, region)).drift.verdict;
    expect(await verdictOf("network-foundation")).toBe("IN_SYNC");
    expect(await verdictOf("disaster-recovery", "us-west-2")).toBe("PARTIAL");
    expect(await verdictOf("catalog-service")).toBe("DRIFTED");
  });

  it("keeps the partial results of a detection that failed", async () => {
    const mumbai = await stackById(ada, { stackId: (await named("edge-mumbai", "ap-south-1")).id });
    expect(mumbai.history[0]).toMatchObject({ status: "DETECTION_FAILED", failure: { kind: "detection" } });
    expect(mumbai.detection!.coverage!.inSync).toBeGreaterThan(0);
    expect(mumbai.detection!.coverage!.unknown).toBeGreaterThan(0);
    expect(mumbai.drift.verdict).toBe("PARTIAL");
  });

  it("takes no earlier look at a resource for a result of a detection that failed before it got there", async () => {
    const { id: stackId, drift } = await named("edge-mumbai", "ap-south-1");
    await recheckUnknown(ada, { stackId });
    await settleDrift(ada);
    expect((await named("edge-mumbai", "ap-south-1")).drift).toMatchObject({ verdict: "IN_SYNC" });
    const { jobId } = await triggerDrift(ada, { stackId });
    await settleDrift(ada);
    const { status, verdict, coverage } = await detectionById(ada, { detectionId: jobId });
    expect({ status, verdict }).toEqual({ status: "DETECTION_FAILED", verdict: "PARTIAL" });
    // What has no drift support was not reached the first time; since the look at it alone that is known.
    expect(coverage!.unknown).toBe(drift.coverage!.unknown - 1);
  });

  it("tries unknown resources alone, and keeps what was known of the others", async () => {
    const sydney = await named("edge-sydney", "ap-southeast-2");
    expect(sydney.drift).toMatchObject({ verdict: "PARTIAL", coverage: { unknown: 1 } });
    await aws.forgetCalls();
    const job = await recheckUnknown(ada, { stackId: sydney.id });
    expect(job).toMatchObject({ kind: "RESOURCES", progress: { done: 0, total: 1 } });
    await settleDrift(ada);
    const sent = (await aws.calls()).filter(({ service }) => service === "cloudformation");
    expect(sent.map(({ operation, count }) => [operation, count])).toEqual([
      ["DescribeStacks", 1],
      ["DetectStackResourceDrift", 1],
    ]);
    const after = await named("edge-sydney", "ap-southeast-2");
    expect(after.drift).toMatchObject({
      verdict: "IN_SYNC",
      coverage: { unknown: 0, checked: 6, unsupported: 1, total: 7 },
    });
    await expect(recheckUnknown(ada, { stackId: sydney.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("tries nothing alone where another's detection of the stack is newer, as the rest may have changed", async () => {
    const stack = await named("disaster-recovery", "us-west-2");
    expect(stack.drift).toMatchObject({ source: "detection", coverage: { unknown: 2, notChecked: 1 } });
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    const told = { driftStatus: "DRIFTED", driftCheckedAt: new Date(Date.now() + 3_600_000).toISOString() };
    await forTenant(ada.tenantId, (tx) => tx.resource.update({ where: { id: stack.id }, data: { facts: told } }));
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE" });
    const { drift } = await named("disaster-recovery", "us-west-2");
    expect(drift).toMatchObject({ source: "inventory", verdict: "DRIFTED" });
    await expect(recheckUnknown(ada, { stackId: stack.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("tries nothing alone where AWS tells of another's detection that inventory has not read", async () => {
    const stack = await withUnknown("catalog-service", 2);
    const hourBefore = new Date(stack.drift.asOf!.getTime() - 3_600_000);
    const detectedAt = (at: Date) =>
      forTenant(ada.tenantId, (tx) =>
        tx.cloudFormationStack.update({ where: { id: stack.id }, data: { detectedAt: at } }),
      );
    await detectedAt(hourBefore);
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    await aws.forgetCalls();
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({
      status: "DETECTION_FAILED",
      failure: { kind: "detection", reason: expect.stringContaining("Somebody has detected the stack since") },
    });
    expect((await aws.calls()).some(({ operation }) => operation === "DetectStackResourceDrift")).toBe(false);
    expect(await detectionById(ada, { detectionId: jobId })).toMatchObject({ verdict: null, resources: [] });
    await detectedAt(stack.drift.asOf!);
    await triggerDrift(ada, { stackId: stack.id });
    await settleDrift(ada);
  });

  it("ends with the stack's state where AWS looks at none of its resources", async () => {
    const { id: stackId } = await named("payments-service");
    const inventoryReads = (state: string) =>
      forTenant(ada.tenantId, (tx) => tx.resource.update({ where: { id: stackId }, data: { state } }));
    await inventoryReads("UPDATE_COMPLETE");
    await forTenant(ada.tenantId, async (tx) => {
      const of = { tenantId: ada.tenantId, accountId };
      const { id: detectionId } = await tx.driftDetectionJob.create({
        data: {
          ...{ ...of, stackId, region: "us-east-1", status: "DETECTION_COMPLETE", verdict: "PARTIAL", dueAt: null },
          results: {
            create: ["A", "B"].map((resourceLogicalId) => ({
              ...{ tenantId: ada.tenantId, resourceLogicalId, resourceType: "AWS::SQS::Queue", driftStatus: "UNKNOWN" },
            })),
          },
        },
      });
      const found = { detectionId, detectedAt: new Date(), driftStatus: "UNKNOWN", verdict: "PARTIAL" as const };
      await tx.cloudFormationStack.update({ where: { id: stackId }, data: found });
    });
    const { jobId } = await recheckUnknown(ada, { stackId });
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({
      status: "DETECTION_FAILED",
      failure: { kind: "invalid", reason: expect.stringContaining("in UPDATE_IN_PROGRESS state") },
    });
    expect((await detectionById(ada, { detectionId: jobId })).resources).toEqual([]);
    await forTenant(ada.tenantId, (tx) => tx.cloudFormationStack.delete({ where: { id: stackId } }));
    await inventoryReads("UPDATE_IN_PROGRESS");
  });

  it("leaves nothing of a look at single resources that a person cancels in its midst", async () => {
    const stack = await withUnknown("catalog-service", 2);
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    const left = (tx: TenantTx) => tx.stackDriftResult.count({ where: { detectionId: jobId } });
    await forTenant(ada.tenantId, async (tx) => {
      const [seen] = (await storedResults(tx, stack.drift.detectionId))!;
      await storeResults(tx, { id: jobId, tenantId: ada.tenantId }, [seen!]);
      expect(await left(tx)).toBe(1);
    });
    await cancelJob(ada, { jobId });
    expect(await forTenant(ada.tenantId, left)).toBe(0);
    await triggerDrift(ada, { stackId: stack.id });
    await settleDrift(ada);
  });

  it("keeps what every detection found as long as the detection", async () => {
    const { id: stackId } = await named("my-stack");
    const count = 40;
    await forTenant(ada.tenantId, async (tx) => {
      const of = { tenantId: ada.tenantId };
      const earlier = await tx.driftDetectionJob.createManyAndReturn({
        data: Array.from({ length: count }, (_, days) => ({
          ...{ ...of, accountId, stackId, region: "us-east-1", status: "DETECTION_COMPLETE" as const, dueAt: null },
          ...{ verdict: "IN_SYNC" as const, createdAt: new Date(days), completedAt: new Date(days) },
        })),
      });
      await tx.stackDriftResult.createMany({
        data: earlier.map(({ id: detectionId }) => ({
          ...{
            ...of,
            detectionId,
            resourceLogicalId: "Earlier",
            resourceType: "AWS::SQS::Queue",
            driftStatus: "IN_SYNC",
          },
        })),
      });
    });
    await triggerDrift(ada, { stackId });
    await settleDrift(ada);
    const where = { resourceLogicalId: "Earlier" };
    expect(await forTenant(ada.tenantId, (tx) => tx.stackDriftResult.count({ where }))).toBe(count);
  });

  it("goes on with the next unknown resource after a worker's death, and asks AWS for none twice", async () => {
    const stack = await withUnknown("web-app-infrastructure", 3);
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    await aws.forgetCalls();
    await aws.fault({ kind: "latency", operation: "DetectStackResourceDrift", latencyMs: 1_500 });
    const stop = new AbortController();
    const work = workDriftJobs({ deadline: performance.now() + 60_000, signal: stop.signal });
    const done = async () => (await jobById(ada, { jobId })).progress!.done;
    while ((await done()) === 0);
    stop.abort();
    await work;
    await aws.clearFaults();
    expect(await done()).toBeLessThan(3);
    expect((await detectionById(ada, { detectionId: jobId })).resources).toEqual([]);
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({
      status: "DETECTION_COMPLETE",
      progress: { done: 3, total: 3 },
    });
    expect((await detectionById(ada, { detectionId: jobId })).resources).toHaveLength(9);
    // Three, and the one that was cut off.
    const asked = (await aws.calls()).find(({ operation }) => operation === "DetectStackResourceDrift");
    expect(asked?.count).toBeLessThanOrEqual(4);
  });

  it("goes on past a resource that AWS refuses to look at, and says why it is unknown", async () => {
    const stack = await withUnknown("web-app-infrastructure", 3);
    await forTenant(ada.tenantId, (tx) =>
      tx.stackDriftResult.updateMany({
        where: { detectionId: stack.drift.detectionId!, resourceLogicalId: "AssetsBucket" },
        data: { driftStatus: "UNKNOWN", resourceLogicalId: "AGoneBucket" },
      }),
    );
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    await settleDrift(ada);
    const { status, resources, coverage } = await detectionById(ada, { detectionId: jobId });
    expect(status).toBe("DETECTION_COMPLETE");
    expect(resources.find(({ logicalId }) => logicalId === "AGoneBucket")).toMatchObject({
      driftStatus: "UNKNOWN",
      reason: expect.stringContaining("AGoneBucket does not exist"),
    });
    // HandlerRole is the other one.
    expect(coverage!.unknown).toBe(2);
    await triggerDrift(ada, { stackId: stack.id });
    await settleDrift(ada);
  });

  it("counts errors anew after a resource was read, and keeps what was read where it fails in the end", async () => {
    const stack = await withUnknown("web-app-infrastructure", 3);
    const { jobId } = await recheckUnknown(ada, { stackId: stack.id });
    const broken = { kind: "error5xx", service: "cloudformation", operation: "DetectStackResourceDrift" };
    const job = () => forTenant(ada.tenantId, (tx) => tx.driftDetectionJob.findUniqueOrThrow({ where: { id: jobId } }));
    // As after three errors in a row; then one resource is read, and the next errs again.
    await forTenant(ada.tenantId, (tx) => tx.driftDetectionJob.update({ where: { id: jobId }, data: { attempts: 3 } }));
    await aws.fault({ kind: "latency", operation: "DetectStackResourceDrift", latencyMs: 1_000 });
    const work = workDriftJobs({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
    while ((await job()).resourcesDone === 0);
    await aws.clearFaults();
    await aws.fault(broken);
    await work;
    expect(await job()).toMatchObject({ status: "DETECTION_IN_PROGRESS", attempts: 1 });
    await settleDrift(ada);
    await aws.clearFaults();
    const failed = await detectionById(ada, { detectionId: jobId });
    expect(failed).toMatchObject({ status: "DETECTION_FAILED", failure: { kind: "unavailable" }, verdict: "DRIFTED" });
    expect(failed.resources).toHaveLength(9);
    expect(failed.coverage!.unknown).toBeLessThan(3);
    expect((await named("web-app-infrastructure")).drift.detectionId).toBe(jobId);
  });

  it("widens a look at unknown resources when the whole stack is asked for, and lets no scheduled one make a person wait", async () => {
    const stack = await withUnknown("web-app-infrastructure", 2);
    const narrow = await recheckUnknown(ada, { stackId: stack.id });
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({ where: { id: narrow.jobId }, data: { priority: 10 } }),
    );
    const receipt = await triggerMany(ada, { stackIds: [stack.id] });
    expect(receipt.joined).toMatchObject([{ jobId: narrow.jobId }]);
    const { kind, priority } = await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.findUniqueOrThrow({ where: { id: narrow.jobId } }),
    );
    expect({ kind, priority }).toEqual({ kind: "STACK", priority: 50 });
    await settleDrift(ada);
    expect(await jobById(ada, narrow)).toMatchObject({ status: "DETECTION_COMPLETE", progress: null });
  });

  it("is looked at sooner while somebody watches it", async () => {
    detectionMs = 3_600_000;
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    const due = (inSeconds: number, attempts = 0) =>
      forTenant(ada.tenantId, (tx) =>
        tx.driftDetectionJob.update({
          where: { id: jobId },
          data: { dueAt: new Date(Date.now() + inSeconds * 1000), attempts },
        }),
      );
    const waits = async () => {
      await jobById(ada, { jobId });
      const job = await forTenant(ada.tenantId, (tx) =>
        tx.driftDetectionJob.findUniqueOrThrow({ where: { id: jobId } }),
      );
      return Math.round((job.dueAt!.getTime() - Date.now()) / 1000);
    };
    await due(15);
    expect(await waits()).toBeLessThanOrEqual(3);
    await due(60, 2);
    expect(await waits()).toBeGreaterThan(50);
    detectionMs = 0;
    await settleDrift(ada);
  });

  /** As if the latest detection could not have checked the first so many resources of the stack. */
  async function withUnknown(stackName: string, count: number) {
    const stack = await named(stackName);
    const { resources } = await detectionById(ada, { detectionId: stack.drift.detectionId! });
    await forTenant(ada.tenantId, (tx) =>
      tx.stackDriftResult.updateMany({
        where: {
          detectionId: stack.drift.detectionId!,
          resourceLogicalId: {
            in: resources
              .filter(({ driftStatus }) => driftStatus === "IN_SYNC")
              .slice(0, count - 1)
              .map(({ logicalId }) => logicalId),
          },
        },
        data: { driftStatus: "UNKNOWN" },
      }),
    );
    return stack;
  }

  it("never runs more than three at a time in one account and region", async () => {
    await widest();
    await triggerMany(ada, { accountId });
    const running = () =>
      forTenant(ada.tenantId, (tx) =>
        tx.driftDetectionJob.groupBy({ by: ["region"], where: { status: "DETECTION_IN_PROGRESS" }, _count: true }),
      );
    await Promise.all([workAll(), workAll(), workAll()]);
    const regions = await running();
    expect(regions.find(({ region }) => region === "us-east-1")?._count).toBe(3);
    await settleDrift(ada);
    expect(await running()).toEqual([]);
  });
});

describe("the lane of an account and region", () => {
  const lane = () =>
    forTenant(ada.tenantId, (tx) =>
      tx.driftLane.findUniqueOrThrow({ where: { accountId_region: { accountId, region: "us-east-1" } } }),
    );
  const set = (cap: number, throttledAt: Date | null) =>
    forTenant(ada.tenantId, (tx) =>
      tx.driftLane.update({
        where: { accountId_region: { accountId, region: "us-east-1" } },
        data: { cap, throttledAt },
      }),
    );
  const throttled = async () => {
    await aws.fault({ kind: "throttle", operation: "DetectStackDrift", times: 1 });
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE" });
  };

  it("narrows by one with a throttle, though the call was repeated and went well", async () => {
    await set(3, null);
    await throttled();
    const { cap, throttledAt } = await lane();
    expect(cap).toBe(2);
    expect(throttledAt).not.toBeNull();
  });

  it("learns one lesson a minute from those that are throttled together", async () => {
    await throttled();
    expect((await lane()).cap).toBe(2);
  });

  it("narrows what it has widened to, and not what it was narrowed to before", async () => {
    await set(1, new Date(Date.now() - 60 * 60_000));
    await throttled();
    expect((await lane()).cap).toBe(2);
    await set(3, null);
  });
});

describe("what AWS runs", () => {
  beforeEach(() => widest());

  const eligible = async () => {
    const { rows } = await all({ isFolded: false });
    return rows.filter(({ region, eligibility }) => region === "us-east-1" && eligibility.isEligible);
  };
  const begin = async (stackIds: string[]) => {
    const { started } = await triggerMany(ada, { stackIds });
    await workAll();
    return started;
  };
  const statusOf = async ({ jobId }: { jobId: string }) => (await jobById(ada, { jobId })).status;

  it("keeps its place when a person cancels it, until AWS has ended it", async () => {
    detectionMs = 3_600_000;
    const [fourth, ...three] = (await eligible()).slice(0, 4).map(({ id }) => id);
    for (const job of await begin(three)) await cancelJob(ada, job);
    const next = await triggerDrift(ada, { stackId: fourth! });
    expect(next).toMatchObject({ status: "QUEUED", startedAt: null });
    await workAll();
    expect(await statusOf(next)).toBe("QUEUED");
    detectionMs = 0;
    await settleDrift(ada);
    expect(await statusOf(next)).toBe("DETECTION_COMPLETE");
  });

  it("keeps its place when its account is paused, and as long as AWS may not be asked", async () => {
    detectionMs = 3_600_000;
    const [fourth, ...three] = (await eligible()).slice(0, 4).map(({ id }) => id);
    await begin(three);
    await pauseAccount(ada, { accountId });
    await settleDrift(ada);
    await resumeAccount(ada, { accountId });
    const next = await triggerDrift(ada, { stackId: fourth! });
    expect(next.status).toBe("QUEUED");
    // As an hour after the pause: AWS has not said that it ended them, and by then it has.
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.updateMany({ where: { status: "CANCELLED" }, data: { holdsPlaceUntil: new Date(0) } }),
    );
    await workAll();
    expect(await statusOf(next)).toBe("DETECTION_IN_PROGRESS");
    detectionMs = 0;
    await begin(three);
    await settleDrift(ada);
  });

  it("keeps its place though a crash has lost AWS's answer", async () => {
    detectionMs = 3_600_000;
    const [lost, ...three] = (await eligible()).slice(0, 4).map(({ id }) => id);
    const [crashed] = await begin([lost!]);
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({
        where: { id: crashed!.jobId },
        data: { status: "QUEUED", driftDetectionId: null, dueAt: new Date(Date.now() + 60_000) },
      }),
    );
    const states = async (jobs: { jobId: string }[]) => (await Promise.all(jobs.map(statusOf))).sort();
    const others = await begin(three);
    expect(await states(others)).toEqual(["DETECTION_IN_PROGRESS", "DETECTION_IN_PROGRESS", "QUEUED"]);
    detectionMs = 0;
    await settleDrift(ada);
    expect(new Set(await states([crashed!, ...others]))).toEqual(new Set(["DETECTION_COMPLETE"]));
  });

  it("has no place once AWS has refused to begin it", async () => {
    const [first] = await eligible();
    await aws.fault({ kind: "denied", service: "cloudformation", operation: "DetectStackDrift" });
    const { jobId } = await triggerDrift(ada, { stackId: first!.id });
    const { holdsPlaceUntil } = await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.findUniqueOrThrow({ where: { id: jobId } }),
    );
    expect(holdsPlaceUntil).toBeNull();
  });
});

describe("a detection is begun once", () => {
  beforeEach(() => widest());

  const begun = async () => {
    const asked = (await aws.calls()).find(({ operation }) => operation === "DetectStackDrift");
    return asked ? asked.count - asked.refused : 0;
  };
  // Calls count once they are answered: the answer takes three seconds.
  const whileAsked = () => delay(1_000);

  it("though the worker is told to stop while AWS is being asked", async () => {
    // Where nothing was throttled lately: our limiter lets the call go at once.
    const { id } = await named("disaster-recovery", "us-west-2");
    const { started } = await triggerMany(ada, { stackIds: [id] });
    const { jobId } = started[0]!;
    await aws.forgetCalls();
    await aws.fault({ kind: "latency", operation: "DetectStackDrift", latencyMs: 3_000 });
    const stop = new AbortController();
    const work = workDriftJobs({ deadline: performance.now() + 60_000, signal: stop.signal });
    await whileAsked();
    stop.abort();
    await work;
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_IN_PROGRESS" });
    await aws.clearFaults();
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE" });
    expect(await begun()).toBe(1);
  });

  it("and not at all where it is cancelled while it waits for another to begin", async () => {
    const stackIds = [(await named("my-stack")).id, (await named("orders-service")).id];
    const { started } = await triggerMany(ada, { stackIds });
    await aws.forgetCalls();
    await aws.fault({ kind: "latency", operation: "DetectStackDrift", latencyMs: 3_000 });
    const work = workDriftJobs({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
    await whileAsked();
    // AWS is being asked for one of the two; the other has its turn next.
    for (const job of started) await cancelJob(ada, job);
    await work;
    expect(await begun()).toBe(1);
    await aws.clearFaults();
    const ended = await Promise.all(started.map((job) => jobById(ada, job)));
    expect(ended.map(({ status }) => status)).toEqual(["CANCELLED", "CANCELLED"]);
    // AWS's answer came after the end: it is kept, so that AWS can be asked whether it is done.
    expect(ended.filter(({ driftDetectionId }) => driftDetectionId !== null)).toHaveLength(1);
  });
});

describe("asking for detections", () => {
  it("in two orders at once ends neither by a deadlock", async () => {
    const a = await named("my-stack");
    const b = await named("orders-service");
    const options = { trigger: "MANUAL" as const, priority: 1 };
    let hasB = false;
    const [hasA, tellThatHasA] = moment();
    const other = hasA.then(() =>
      forTenant(ada.tenantId, async (tx) => {
        await enqueue(tx, ada.tenantId, [b], options);
        hasB = true;
        await enqueue(tx, ada.tenantId, [a], options);
      }),
    );
    await forTenant(ada.tenantId, async (tx) => {
      await enqueue(tx, ada.tenantId, [a], options);
      tellThatHasA();
      while (!hasB && !(await somebodyWaits(tx)));
      await enqueue(tx, ada.tenantId, [b], options);
    });
    await other;
    await settleDrift(ada);
  });

  it("asks again where the detection that was joined has ended in between", async () => {
    const stack = await named("my-stack");
    const { jobId } = await triggerDrift(ada, { stackId: stack.id });
    const jobs = await forTenant(ada.tenantId, async (tx) => {
      const made = tx.driftDetectionJob.createManyAndReturn.bind(tx.driftDetectionJob);
      let isFirst = true;
      // The moment between barred and joined cannot be hit from outside, so the detection is ended in it from here.
      const driftDetectionJob = new Proxy(tx.driftDetectionJob, {
        get: (table, name, self) =>
          name !== "createManyAndReturn"
            ? (Reflect.get(table, name, self) as unknown)
            : async (wanted: Parameters<typeof made>[0]) => {
                const rows = await made(wanted);
                if (isFirst) await cancelJob(ada, { jobId });
                isFirst = false;
                return rows;
              },
      });
      const between = new Proxy(tx, {
        get: (all, name, self) =>
          name === "driftDetectionJob" ? driftDetectionJob : (Reflect.get(all, name, self) as unknown),
      });
      return enqueue(between, ada.tenantId, [stack], { trigger: "MANUAL", priority: 1 });
    });
    expect(jobs.get(stack.id)).toMatchObject({ isNew: true });
    expect(jobs.get(stack.id)!.jobId).not.toBe(jobId);
    await settleDrift(ada);
  });

  const moment = () => {
    let come = () => {};
    return [new Promise<void>((resolve) => (come = resolve)), () => come()] as const;
  };

  const somebodyWaits = async (tx: TenantTx) => {
    const [waiting] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from pg_locks
      where not "granted" and "locktype" = 'advisory' and "database" = (select "oid" from pg_database where "datname" = current_database())`;
    return waiting!.count > 0;
  };
});

describe("a detection that meets trouble", () => {
  it("names the action that is missing and the statement to add", async () => {
    await aws.fault({ kind: "denied", service: "cloudformation", operation: "DetectStackDrift" });
    const job = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    expect(job).toMatchObject({
      status: "DETECTION_FAILED",
      failure: { kind: "denied", action: "cloudformation:DetectStackDrift" },
    });
    expect(job.failure!.statement).toContain("cloudformation:DetectStackDrift");
  });

  it("is tried three times more on errors that pass, and then fails with the reason", async () => {
    await aws.forgetCalls();
    await aws.fault({ kind: "error5xx", service: "cloudformation", operation: "DescribeStackDriftDetectionStatus" });
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    await settleDrift(ada);
    const job = await jobById(ada, { jobId });
    expect(job).toMatchObject({ status: "DETECTION_FAILED", failure: { kind: "unavailable" } });
    // Four looks, each of which the limiter repeats four times before it is one.
    const looks = (await aws.calls()).find(({ operation }) => operation === "DescribeStackDriftDetectionStatus");
    expect(looks?.count).toBe(20);
  });

  it("waits for another's detection of the same stack to end and then begins its own", async () => {
    detectionMs = 3_600_000;
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    // As after a crash between AWS's answer and our write.
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({
        where: { id: jobId },
        data: { status: "QUEUED", driftDetectionId: null, dueAt: new Date(0) },
      }),
    );
    await workAll();
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "QUEUED", driftDetectionId: null, failure: null });
    detectionMs = 0;
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE" });
  });

  it("is given up after an hour, once AWS has said that it still runs", async () => {
    detectionMs = 7_200_000;
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    await begunAnHourAgo(jobId);
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_FAILED", failure: { kind: "timeout" } });
    // AWS's own goes on, and refuses another: that one is not waited for longer either.
    const second = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    expect(second).toMatchObject({ status: "QUEUED", driftDetectionId: null });
    await begunAnHourAgo(second.jobId);
    await settleDrift(ada);
    expect(await jobById(ada, second)).toMatchObject({ status: "DETECTION_FAILED", failure: { kind: "timeout" } });
    detectionMs = 0;
  });

  it("is read after an hour without a worker, as AWS has long had the result", async () => {
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    await begunAnHourAgo(jobId);
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE", failure: null });
  });

  const begunAnHourAgo = (id: string) =>
    forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({ where: { id }, data: { startedAt: new Date(Date.now() - 3_600_001) } }),
    );

  it("is cancelled by a person, and by a pause of its account", async () => {
    const first = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    expect(await cancelJob(ada, first)).toMatchObject({ status: "CANCELLED" });
    const second = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    expect(second.jobId).not.toBe(first.jobId);
    await pauseAccount(ada, { accountId });
    await settleDrift(ada);
    expect(await jobById(ada, second)).toMatchObject({ status: "CANCELLED", failure: { kind: "paused" } });
    await expect(triggerDrift(ada, { ...place, stackName: "my-stack" })).rejects.toMatchObject({ code: "CONFLICT" });
    await resumeAccount(ada, { accountId });
  });

  it("ends as cancelled when its account is disconnected, and nothing of the account stays", async () => {
    const { jobId } = await triggerDrift(ada, { ...place, stackName: "my-stack" });
    await disconnectAccount(ada, { accountId, confirm: PRODUCTION });
    expect(await jobById(ada, { jobId })).toMatchObject({
      status: "CANCELLED",
      stack: null,
      failure: { kind: "disconnected" },
    });
    await settleDrift(ada);
    const left = await forTenant(ada.tenantId, (tx) => tx.driftDetectionJob.findMany());
    expect(left).toMatchObject([{ id: jobId, accountId: null, stackId: null, driftDetectionId: null }]);
    expect(await forTenant(ada.tenantId, (tx) => tx.stackDriftResult.count())).toBe(0);
  });
});
