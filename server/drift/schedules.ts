import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { claimSchedules, type ClaimedSchedule } from "../db/claim-drift";
import { forTenant, type TenantTx } from "../db/client";
import { notFound } from "../errors";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { eligibilityOf } from "./eligibility";
import { enqueue } from "./enqueue";
import type { ScheduleInput } from "./filter";
import { nextRun, planRun } from "./next-run";
import { finishRun, membersChangedAt } from "./schedule-queries";
import { priorities, unknownResources } from "./service";
import { stacksIn } from "./stack-queries";
import type { ScheduleView } from "./views";

/** When an account's stacks are detected by themselves; OFF until somebody sets it. */
export async function getSchedule(ctx: RoomContext, { accountId }: { accountId: string }): Promise<ScheduleView> {
  return forTenant(ctx.tenantId, async (tx) => {
    await mustExist(tx, accountId);
    return scheduleOf(tx, accountId);
  });
}

export async function setSchedule(ctx: RoomContext, { accountId, ...rhythm }: ScheduleInput): Promise<ScheduleView> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { name, awsAccountId } = await mustExist(tx, accountId);
    const data = { ...rhythm, dueAt: nextRun(rhythm, new Date()) };
    await tx.schedule.upsert({
      where: { accountId },
      create: { accountId, tenantId: ctx.tenantId, ...data },
      update: { ...data, leaseUntil: null, fence: { increment: 1 } },
    });
    const target = `${name} (${awsAccountId})`;
    await record(tx, ctx, { action: "drift.schedule.set", targetId: accountId, target, detail: rhythm });
    return scheduleOf(tx, accountId);
  });
}

export async function scheduleOf(tx: TenantTx, accountId: string): Promise<ScheduleView> {
  const found = await tx.schedule.findUnique({ where: { accountId } });
  if (!found)
    return { accountId, frequency: "OFF", hour: 3, weekday: 1, nextRunAt: null, lastRunAt: null, lastRunStarted: null };
  const { frequency, hour, weekday, dueAt, lastRunAt, lastRunStarted } = found;
  return { accountId, frequency, hour, weekday, nextRunAt: dueAt, lastRunAt, lastRunStarted };
}

/** Begins the runs that are due; returns how many. Missed ticks are caught up by one run. */
export async function runSchedules(): Promise<number> {
  const claimed = await claimSchedules(20);
  for (const schedule of claimed)
    await withLogContext({ tenantId: schedule.tenantId, accountId: schedule.accountId, job: "driftSchedules" }, () =>
      run(schedule).then(
        () => metrics.jobEnds.inc({ job: "driftSchedules", outcome: "ok" }),
        (error: unknown) => {
          metrics.jobEnds.inc({ job: "driftSchedules", outcome: "failed" });
          log.error({ err: error }, "a scheduled run failed; its lease will run out and it is tried again");
        },
      ),
    );
  return claimed.length;
}

/** Asking for detections and moving the due time are one transaction: a run happens once. */
function run({ tenantId, accountId, fence }: ClaimedSchedule): Promise<void> {
  return forTenant(tenantId, async (tx) => {
    const schedule = await tx.schedule.findFirst({ where: { accountId, fence }, include: { account: true } });
    if (!schedule) return; // set anew meanwhile
    const now = new Date();
    const stacks = schedule.account.pausedAt ? [] : await stacksIn(tx, { accountIds: [accountId] });
    const changed = await membersChangedAt(tx, accountId);
    const eligible = stacks.filter(({ status }) => eligibilityOf({ status, isGone: false }).isEligible);
    const plan = planRun(
      eligible.map(({ id, source, asOf, coverage }) => ({
        id,
        // Another's detection has no details here: for a schedule it is none.
        detectedAt: source === "detection" ? asOf : null,
        changedAt: changed.get(id) ?? null,
        hasUnknown: (coverage?.unknown ?? 0) > 0,
      })),
      now,
    );
    const of = (ids: string[]) => eligible.filter(({ id }) => ids.includes(id));
    const trigger = "SCHEDULE";
    const first = await enqueue(tx, tenantId, of(plan.changed), { trigger, priority: priorities.changed });
    const rest = await enqueue(tx, tenantId, of(plan.old), { trigger, priority: priorities.scheduled });
    for (const stack of of(plan.unknown)) {
      const logicalIds = await unknownResources(tx, stack.detectionId);
      await enqueue(tx, tenantId, [stack], { trigger, priority: priorities.scheduled, kind: "RESOURCES", logicalIds });
    }
    await finishRun(
      tx,
      { accountId, fence },
      { dueAt: nextRun(schedule, now), started: first.size + rest.size + plan.unknown.length },
    );
  });
}

async function mustExist(tx: TenantTx, accountId: string): Promise<{ name: string; awsAccountId: string }> {
  const select = { name: true, awsAccountId: true };
  const account = await tx.awsAccount.findUnique({ where: { id: accountId }, select });
  if (!account) throw notFound("This account");
  return account;
}
