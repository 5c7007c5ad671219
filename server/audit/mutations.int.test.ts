import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { call, contextOf, procedures } from "../../tests/harness/procedures";
import { asSuperuser, tenantTables } from "../../tests/harness/synthetic-rows";
import { connect, person } from "../../tests/harness/tenants";
import { beginConnection } from "../accounts/service";
import { dismissAnomaly } from "../cost/anomaly-service";
import { createBudget } from "../cost/budget-service";
import { exportCosts, exportInput as costExportInput } from "../cost/export";
import { forTenant } from "../db/client";
import { exportDetection } from "../drift/export";
import { createRule } from "../drift/ignore-rules";
import { requestSync } from "../resources/service";
import { exportCsv, exportInput } from "../resources/export";

process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000000";
useDatabase();
const aws = useSimulatedAws();

const STAGING = "200000000002";
const connected = `Account ${STAGING} (${STAGING})`;
const anomaly = { awsAccountId: STAGING, service: "Amazon S3", firstDay: "2026-11-01", reason: "A planned move" };
const ofAnomaly = `Amazon S3 of ${STAGING} on 2026-11-01`;
const budget = { name: "Everything", amount: "10", of: { scope: "ALL" as const } };
let made = 0;

/** A new tenant for each call, with one connected account. */
async function withAccount() {
  const ctx = person(`user_${++made}`);
  const { accountId } = await connect(ctx, aws, STAGING);
  return { ctx, accountId };
}

/** How each mutation is made to succeed. One that is missing here fails below, by its name. */
const scenarios: Record<string, () => Promise<{ ctx: ReturnType<typeof person>; input: unknown; target: string }>> = {
  "accounts.begin": async () => ({
    ctx: person(`user_${++made}`),
    input: { name: "Staging", awsAccountId: STAGING, region: "us-east-1" },
    target: `Staging (${STAGING})`,
  }),
  "accounts.connect": async () => {
    const ctx = person(`user_${++made}`);
    const begun = await beginConnection(ctx, { name: "Staging", awsAccountId: STAGING, region: "us-east-1" });
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId: begun.externalId });
    return { ctx, input: { externalIdId: begun.externalIdId, roleArn }, target: `Staging (${STAGING})` };
  },
  "accounts.connectWithExternalId": async () => {
    const ctx = person(`user_${++made}`);
    const { externalId } = await beginConnection(ctx, { name: "Staging", awsAccountId: STAGING, region: "us-east-1" });
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId });
    return { ctx, input: { externalId, awsAccountId: STAGING, roleArn }, target: `Staging (${STAGING})` };
  },
  "accounts.check": ofAccount(),
  "accounts.update": ofAccount({ name: "Renamed" }, `Renamed (${STAGING})`),
  "accounts.pause": ofAccount(),
  "accounts.resume": ofAccount(),
  "accounts.disconnect": ofAccount({ confirm: STAGING }),
  "resources.sync": async () => {
    const { ctx, accountId } = await withAccount();
    await forTenant(ctx.tenantId, (tx) =>
      tx.syncRun.updateMany({ data: { finishedAt: new Date(), state: "COMPLETE" } }),
    );
    return { ctx, input: { accountId }, target: connected };
  },
  "resources.cancelSync": async () => {
    const { ctx, accountId } = await withAccount();
    const [sync] = await requestSync(ctx, { accountId });
    return { ctx, input: { runId: sync!.runId }, target: connected };
  },
  "drift.trigger": async () => {
    // AWS does not know the stack, and would refuse it for that.
    await aws.fault({ kind: "denied", operation: "DetectStackDrift", times: 1 });
    return ofStack(({ stackId }) => ({ stackId }))();
  },
  "drift.triggerMany": ofStack(({ accountId }) => ({ accountId }), `all stacks of ${connected}`),
  "drift.recheckUnknown": ofStack(({ stackId }) => ({ stackId })),
  "drift.cancel": async () => {
    const { ctx, jobId } = await withStack();
    await forTenant(ctx.tenantId, (tx) =>
      tx.driftDetectionJob.update({ where: { id: jobId }, data: { status: "QUEUED", completedAt: null } }),
    );
    return { ctx, input: { jobId }, target: `audited (${STAGING}, us-east-1)` };
  },
  "drift.schedule.set": ofAccount({ frequency: "DAILY" }),
  "drift.ignoreRules.create": ofAccount({ resourceType: "AWS::S3::Bucket", reason: "Known" }, "Known", false),
  "drift.ignoreRules.remove": async () => {
    const ctx = person(`user_${++made}`);
    const { ruleId } = await createRule(ctx, { resourceType: "AWS::S3::Bucket", reason: "Known" });
    return { ctx, input: { ruleId }, target: "Known" };
  },
  "cost.refresh": async () => {
    const { ctx } = await withAccount();
    const dueAt = new Date(Date.now() + 60 * 60_000);
    await forTenant(ctx.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt } }));
    return { ctx, input: {}, target: "all accounts" };
  },
  "cost.setCap": ofAccount({ capUsd: "3" }),
  "cost.dismiss": ofAccount(anomaly, ofAnomaly, false),
  "cost.restore": async () => {
    const { ctx } = await withAccount();
    const { dismissalId } = await dismissAnomaly(ctx, anomaly);
    return { ctx, input: { dismissalId }, target: ofAnomaly };
  },
  "cost.budgets.create": async () => ({ ctx: person(`user_${++made}`), input: budget, target: "Everything" }),
  "cost.budgets.update": ofBudget({ amount: "20" }),
  "cost.budgets.remove": ofBudget(),
};

function ofBudget(more: object = {}) {
  return async () => {
    const ctx = person(`user_${++made}`);
    const { budgetId } = await createBudget(ctx, budget);
    return { ctx, input: { budgetId, ...more }, target: "Everything" };
  };
}

type Stack = Awaited<ReturnType<typeof withStack>>;

function ofStack(inputOf: (stack: Stack) => object, target = `audited (${STAGING}, us-east-1)`) {
  return async () => {
    const stack = await withStack();
    return { ctx: stack.ctx, input: inputOf(stack), target };
  };
}

/** An account with one stack, whose latest detection left a resource unknown. */
async function withStack() {
  const { ctx, accountId } = await withAccount();
  const { tenantId } = ctx;
  const of = { tenantId, accountId, region: "us-east-1" };
  const type = "AWS::CloudFormation::Stack";
  return forTenant(tenantId, async (tx) => {
    const cell = await tx.scanCell.create({ data: { ...of, type, state: "OK" } });
    const { id: stackId } = await tx.resource.create({
      data: {
        ...{ ...of, cellId: cell.id, type, nativeId: "arn:audited", name: "audited", state: "CREATE_COMPLETE" },
        ...{ sortName: "audited", facts: {}, config: {}, searchText: "audited", hash: "h" },
      },
    });
    await tx.cloudFormationStack.create({ data: { id: stackId, tenantId, accountId } });
    const { id: jobId } = await tx.driftDetectionJob.create({
      data: { ...of, stackId, status: "DETECTION_COMPLETE", dueAt: null, completedAt: new Date() },
    });
    await tx.stackDriftResult.create({
      data: {
        ...{ tenantId, detectionId: jobId, resourceLogicalId: "Queue" },
        ...{ resourceType: "AWS::SQS::Queue", driftStatus: "UNKNOWN" },
      },
    });
    await tx.cloudFormationStack.update({ where: { id: stackId }, data: { detectionId: jobId } });
    return { ctx, accountId, stackId, jobId };
  });
}

/** `isNamed` is false where the input does not name the account. */
function ofAccount(more: object = {}, target = connected, isNamed = true) {
  return async () => {
    const { ctx, accountId } = await withAccount();
    return { ctx, input: { ...(isNamed && { accountId }), ...more }, target };
  };
}

const events = (tenantId: string) =>
  asSuperuser<Record<string, unknown>>(`select * from "AuditEvent" where "tenantId" = $1 order by "at", "id"`, [
    tenantId,
  ]);

/** Notes which transaction changed which table: what a mutation leaves may be nothing but a row that is gone. */
beforeAll(async () => {
  const noted = (await tenantTables()).map(
    ({ name }) =>
      `create trigger note after insert or update or delete on "${name}" for each row execute function note();`,
  );
  await asSuperuser(`
    create table noted ("table" text, transaction text);
    create function note() returns trigger security definer language plpgsql as $$
      begin insert into noted values (tg_table_name, pg_current_xact_id()::text); return null; end $$;
    ${noted.join("\n")}`);
});

const mutations = procedures().filter(({ type }) => type === "mutation");

describe("every mutation", () => {
  it.each(mutations)("of $path leaves exactly one event that says who, what and from where", async ({ path }) => {
    const scenario = scenarios[path];
    if (!scenario) expect.unreachable(`${path} needs a scenario here, and to record what it does`);
    const { ctx, input, target } = await scenario();
    const before = (await events(ctx.tenantId)).length;
    const context = contextOf(ctx.tenantId, { headers: { "user-agent": "Browser/1.0" } });
    expect(await call(context, path, input)).toHaveProperty("data");
    const added = (await events(ctx.tenantId)).slice(before);
    expect(added).toMatchObject([
      {
        action: path,
        target,
        clerkUserId: ctx.clerkUserId,
        email: `${ctx.clerkUserId}@example.com`,
        requestId: context.requestId,
        address: "203.0.113.7",
        userAgent: "Browser/1.0",
      },
    ]);
  });

  it.each(mutations)("of $path writes its event in the transaction that does it", async ({ path }) => {
    const { ctx, input } = await scenarios[path]!();
    await asSuperuser("truncate noted");
    expect(await call(contextOf(ctx.tenantId), path, input)).toHaveProperty("data");
    const written = await asSuperuser<{ tables: string[] }>(`
      select array_agg(distinct "table") as tables from noted group by transaction having bool_or("table" = 'AuditEvent')`);
    expect(written).toHaveLength(1);
    expect(written[0]!.tables.filter((table) => table !== "AuditEvent")).not.toEqual([]);
  });

  it.each(mutations)("of $path does nothing where its event cannot be written", async ({ path }) => {
    const { ctx, input } = await scenarios[path]!();
    const before = await everything();
    await asSuperuser(`
      create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'no event'; end $$;
      create trigger refuse before insert on "AuditEvent" for each row execute function refuse()`);
    try {
      expect(await call(contextOf(ctx.tenantId), path, input)).toHaveProperty("code", "INTERNAL_SERVER_ERROR");
    } finally {
      await asSuperuser(`drop trigger refuse on "AuditEvent"`);
    }
    expect(await everything()).toEqual(before);
  });

  it.each(mutations)("of $path that is refused leaves no event", async ({ path }) => {
    const ctx = person(`user_${++made}`);
    expect(await call(contextOf(ctx.tenantId), path, { accountId: "none", runId: "none" })).toHaveProperty("code");
    expect(await events(ctx.tenantId)).toEqual([]);
  });
});

describe("an export", () => {
  it("is an event too, with what it was narrowed by", async () => {
    const ctx = person("user_export");
    await (await exportCsv(ctx, exportInput(new URLSearchParams("type=AWS::S3::Bucket&q=logs")))).cancel();
    expect(await events(ctx.tenantId)).toMatchObject([
      { action: "resources.export", detail: { types: ["AWS::S3::Bucket"], search: "logs", presence: "live" } },
    ]);
  });

  it("of costs and of a detection is an event too", async () => {
    const { ctx, jobId } = await withStack();
    const before = (await events(ctx.tenantId)).length;
    await exportCosts(ctx, costExportInput(new URLSearchParams("days=7")));
    await exportDetection(ctx, { detectionId: jobId, format: "json" });
    expect((await events(ctx.tenantId)).slice(before)).toMatchObject([
      { action: "cost.export", target: "costs as CSV", detail: { metric: "unblended" } },
      { action: "drift.export", targetId: jobId, detail: { format: "json" } },
    ]);
  });
});

/** All that tenants have, a digest a table. */
async function everything(): Promise<Record<string, string>> {
  const digest = ({ name }: { name: string }) =>
    `select '${name}' as name, coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from "${name}" t`;
  const digests = (await tenantTables()).map(digest).join(" union all ");
  const rows = await asSuperuser<{ name: string; digest: string }>(digests);
  return Object.fromEntries(rows.map((row) => [row.name, row.digest]));
}
