import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { FIRST_SYNC_MS, settleDrift } from "../../tests/harness/drift";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { forTenant, type TenantTx } from "../db/client";
import { detectionById } from "./detections";
import { exportDetection } from "./export";
import { stackListInput } from "./filter";
import { createRule, listRules, previewRule, removeRule } from "./ignore-rules";
import { driftOverview } from "./overview";
import { getSchedule, setSchedule } from "./schedules";
import { triggerMany } from "./service";
import { listStacks } from "./stacks";
import { storeDetection, storedResults, storeResults } from "./store";

useDatabase();
const aws = useSimulatedAws({ detectionMs: () => 0 });
const ada = person("user_ada");
const eve = person("user_eve");
const PRODUCTION = "123456789012";

const stacks = async () => (await listStacks(ada, stackListInput.parse({ isFolded: false, limit: 100 }))).rows;
const named = async (name: string, region = "us-east-1") =>
  (await stacks()).find((row) => row.stackName === name && row.region === region)!;
const jobs = () =>
  forTenant(ada.tenantId, (tx) =>
    tx.driftDetectionJob.findMany({ where: { trigger: "SCHEDULE" }, orderBy: { createdAt: "asc" } }),
  );

let accountId: string;
beforeAll(async () => {
  accountId = (await connect(ada, aws, PRODUCTION)).accountId;
  await workAll();
  await triggerMany(ada, { everything: true });
  await settleDrift(ada);
}, FIRST_SYNC_MS);

describe("an ignore rule", () => {
  const noisy = { propertyPath: "/Tags[LastScanned]", reason: "The scanner writes it nightly" };
  let ruleId: string;

  it("shows what it would hide before it is saved, and warns of what is grave", async () => {
    const preview = await previewRule(ada, { propertyPath: noisy.propertyPath });
    expect(preview).toMatchObject({ differences: 4, stacks: 4, warning: null });
    expect(preview.examples.every(({ path }) => path === "/Tags/1")).toBe(true);
    const { id } = await named("web-app-infrastructure");
    expect((await previewRule(ada, { stackId: id })).warning).toContain("Open to the internet");
  });

  it("folds the differences away and loses none", async () => {
    const before = await named("orders-service", "eu-west-1");
    expect(before.drift).toMatchObject({
      verdict: "DRIFTED",
      severity: "LOW",
      openDifferences: 1,
      ignoredDifferences: 0,
    });
    ({ ruleId } = await createRule(ada, noisy));
    const after = await named("orders-service", "eu-west-1");
    expect(after.drift).toMatchObject({
      verdict: "ALL_IGNORED",
      severity: null,
      openDifferences: 0,
      ignoredDifferences: 1,
    });
    const detection = await detectionById(ada, { detectionId: after.drift.detectionId! });
    expect(detection.resources[0]!.differences[0]!.ignoredBy).toEqual({ ruleId, reason: noisy.reason });
    expect(await listRules(ada, {})).toMatchObject([{ id: ruleId, hides: 4, createdBy: "user_ada", isExpired: false }]);
  });

  it("counts in the overview, which sums what was covered and knows how drift went", async () => {
    const overview = await driftOverview(ada, {});
    expect(overview.ignoredDifferences).toBe(4);
    expect(overview.bySeverity.map(({ severity }) => severity)).toEqual(["CRITICAL", "HIGH", "MEDIUM", "LOW"]);
    expect(overview.bySeverity[0]!.stacks).toBe(1);
    expect(overview.worst[0]).toMatchObject({ stackName: "web-app-infrastructure", severity: "CRITICAL" });
    expect(overview.coverage).toMatchObject({ stacksCounted: 13, stacksTotal: 15 });
    expect(overview.trend).toHaveLength(30);
    // After the rule, though the detections of today had found more.
    const drifted = overview.verdicts.find(({ verdict }) => verdict === "DRIFTED")!.count;
    expect(drifted).toBeGreaterThan(0);
    expect(overview.trend.at(-1)!.drifted).toBe(drifted);
    // Two stacks are not eligible, so no single moment covers all.
    expect(overview.asOf).toBeNull();
  });

  it("ends at its day, and what it hid counts again", async () => {
    await forTenant(ada.tenantId, (tx) =>
      tx.ignoreRule.update({ where: { id: ruleId }, data: { expiresAt: new Date(0), dueAt: new Date(0) } }),
    );
    await workAll();
    expect((await named("orders-service", "eu-west-1")).drift.verdict).toBe("DRIFTED");
    expect(await listRules(ada, {})).toMatchObject([{ isExpired: true, hides: 0 }]);
  });

  it("is removed, and is nobody else's", async () => {
    const { id: stackId } = await named("catalog-service");
    const { ruleId: second } = await createRule(ada, { stackId, reason: "Known" });
    expect((await named("catalog-service")).drift.verdict).toBe("ALL_IGNORED");
    await expect(removeRule(eve, { ruleId: second })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(createRule(eve, { stackId, reason: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(previewRule(eve, { accountId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => removeRule(ada, { ruleId: second })));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of asked) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "NOT_FOUND" });
    expect((await named("catalog-service")).drift.verdict).toBe("DRIFTED");
  });

  it("counts again by what stands around a difference, as the detection itself did", async () => {
    const { id: stackId, drift } = await named("catalog-service");
    const open = { IpProtocol: "tcp", FromPort: 22, ToPort: 443, CidrIp: "0.0.0.0/0" };
    const path = "/SecurityGroupIngress/0/FromPort";
    const difference = { path, stablePath: path, type: "NOT_EQUAL", expected: 443, actual: 22, isNew: false };
    await forTenant(ada.tenantId, (tx) =>
      tx.stackDriftResult.updateMany({
        where: { detectionId: drift.detectionId!, resourceLogicalId: "WebSecurityGroup" },
        data: {
          driftStatus: "MODIFIED",
          actualProperties: { SecurityGroupIngress: [open] },
          propertyDifferences: [difference],
        },
      }),
    );
    const { ruleId: unrelated } = await createRule(ada, { stackId, propertyPath: "/Tags", reason: "Noise" });
    expect((await named("catalog-service")).drift.severity).toBe("CRITICAL");
    expect((await previewRule(ada, { stackId })).warning).toContain("Open to the internet");
    await removeRule(ada, { ruleId: unrelated });
  });
});

describe("a rule that is deleted while a detection ends", () => {
  it("hides nothing of that detection", async () => {
    const stack = await named("orders-service", "eu-west-1");
    const { ruleId } = await createRule(ada, { stackId: stack.id, reason: "Known" });
    const ended = { id: stack.drift.detectionId!, kind: "STACK" as const, tenantId: ada.tenantId, stack };
    const { removed } = await forTenant(ada.tenantId, async (tx) => {
      const before = await storedResults(tx, ended.id);
      const job = await tx.driftDetectionJob.create({
        data: {
          tenantId: ada.tenantId,
          accountId,
          stackId: stack.id,
          region: "eu-west-1",
          status: "DETECTION_COMPLETE",
        },
      });
      const finding = { found: before!, before, driftStatus: "DRIFTED", detectedAt: new Date() };
      await storeDetection(tx, { ...ended, id: job.id }, finding);
      await storeResults(tx, { ...ended, id: job.id }, before!);
      // It was judged by the rule; the rule goes before that is committed.
      const removed = removeRule(ada, { ruleId });
      while (!(await somebodyWaits(tx)));
      return { removed };
    });
    await removed;
    expect((await named("orders-service", "eu-west-1")).drift).toMatchObject({
      verdict: "DRIFTED",
      openDifferences: 1,
      ignoredDifferences: 0,
    });
  });

  /** For a lock of this database, or for the end of another's transaction. */
  const somebodyWaits = async (tx: TenantTx) => {
    const [waiting] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from pg_locks where not "granted" and ("locktype" = 'transactionid' or
        "locktype" = 'advisory' and "database" = (select "oid" from pg_database where "datname" = current_database()))`;
    return waiting!.count > 0;
  };
});

describe("a schedule", () => {
  const makeDue = () =>
    forTenant(ada.tenantId, (tx) => tx.schedule.update({ where: { accountId }, data: { dueAt: new Date(0) } }));

  it("is off until somebody sets it, and shows its next run", async () => {
    expect(await getSchedule(ada, { accountId })).toMatchObject({ frequency: "OFF", nextRunAt: null });
    const set = await setSchedule(ada, { accountId, frequency: "DAILY", hour: 4, weekday: 1 });
    expect(set.nextRunAt!.getTime()).toBeGreaterThan(Date.now());
    expect(set.nextRunAt!.getUTCHours()).toBe(4);
    await expect(getSchedule(eve, { accountId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("detects nothing that is recent and unchanged, and looks again at what was unknown", async () => {
    await makeDue();
    await workAll();
    const made = await jobs();
    expect(made.length).toBeGreaterThan(0);
    expect(made.every(({ kind }) => kind === "RESOURCES")).toBe(true);
    const schedule = await getSchedule(ada, { accountId });
    expect(schedule.lastRunStarted).toBe(made.length);
    expect(schedule.nextRunAt!.getTime()).toBeGreaterThan(Date.now());
    await settleDrift(ada);
  });

  it("detects first what changed in inventory, and what is a week old after it; each run once", async () => {
    const earlier = new Set((await jobs()).map(({ id }) => id));
    const changed = await named("my-stack");
    const old = await named("network-foundation");
    await forTenant(ada.tenantId, async (tx) => {
      await tx.resource.updateMany({
        where: { accountId },
        data: { lastChangedAt: new Date(Date.now() - 30 * 86_400_000) },
      });
      await tx.cloudFormationStack.update({
        where: { id: old.id },
        data: { wholeDetectedAt: new Date(Date.now() - 8 * 86_400_000) },
      });
      // Inventory's word on both is older still, and a member of the first has changed since.
      await tx.resource.updateMany({ where: { id: { in: [changed.id, old.id] } }, data: { facts: {} } });
      const member = await tx.resource.findFirstOrThrow({ where: { accountId, type: "AWS::EC2::Instance" } });
      await tx.resource.update({
        where: { id: member.id },
        data: { tags: { "aws:cloudformation:stack-id": changed.stackId }, lastChangedAt: new Date(Date.now() + 1000) },
      });
    });
    await makeDue();
    await Promise.all([workAll(), workAll()]);
    const whole = (await jobs()).filter(({ id, kind }) => kind === "STACK" && !earlier.has(id));
    expect(new Map(whole.map(({ stackId, priority }) => [stackId, priority]))).toEqual(
      new Map([
        [changed.id, 20],
        [old.id, 10],
      ]),
    );
    await settleDrift(ada);
  });
});

describe("a daily schedule of a stack with a resource that can never be read", () => {
  const aDayPasses = () =>
    forTenant(
      ada.tenantId,
      async (tx) =>
        tx.$executeRaw`
        with earlier as (
          update "Resource" set "lastChangedAt" = 'epoch', "facts" = "facts" - 'updatedAt' - 'driftCheckedAt' where "accountId" = ${accountId})
        update "CloudFormationStack" set "detectedAt" = "detectedAt" - interval '1 day', "wholeDetectedAt" = "wholeDetectedAt" - interval '1 day'`,
    );
  const kindsOf = async (stackId: string) =>
    (await jobs()).filter((job) => job.stackId === stackId).map(({ kind }) => kind);

  it("detects all of it within eight days, and says as of when until then", async () => {
    await setSchedule(ada, { accountId, frequency: "DAILY", hour: 4, weekday: 1 });
    await triggerMany(ada, { accountId });
    await settleDrift(ada);
    const { id, drift } = await named("web-app-infrastructure");
    const before = (await kindsOf(id)).length;
    for (let day = 1; day <= 8; day++) {
      await aDayPasses();
      await forTenant(ada.tenantId, (tx) => tx.schedule.update({ where: { accountId }, data: { dueAt: new Date(0) } }));
      await workAll();
      await settleDrift(ada);
      // The look at the unknown resource alone does not make the rest a day younger.
      if (day === 6)
        expect((await named("web-app-infrastructure")).drift.asOf!.getTime()).toBe(
          drift.asOf!.getTime() - 6 * 86_400_000,
        );
    }
    const kinds = (await kindsOf(id)).slice(before);
    expect(kinds.filter((kind) => kind === "STACK")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "RESOURCES")).toHaveLength(7);
  });
});

describe("an export", () => {
  it("is JSON with everything, or Markdown that can be pasted", async () => {
    const { drift } = await named("web-app-infrastructure");
    const detectionId = drift.detectionId!;
    const json = await exportDetection(ada, { detectionId, format: "json" });
    expect(JSON.parse(json.body)).toMatchObject({ id: detectionId, verdict: "DRIFTED" });
    const { body, fileName } = await exportDetection(ada, { detectionId, format: "markdown" });
    expect(fileName).toMatch(/^drift-web-app-infrastructure-\d{4}-\d\d-\d\d\.md$/);
    expect(body).toContain("## `WebSecurityGroup` (AWS::EC2::SecurityGroup): MODIFIED, critical");
    expect(body).toContain("| `/SecurityGroupIngress/1` | — |");
    expect(body).toContain("The resource was deleted outside of CloudFormation.");
    await expect(exportDetection(eve, { detectionId, format: "json" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
