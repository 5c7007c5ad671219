import type { z } from "zod";
import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { claimEndedRules } from "../db/claim-drift";
import { forTenant, type TenantId, type TenantTx } from "../db/client";
import { AppError, notFound } from "../errors";
import { log } from "../log";
import { metrics } from "../metrics";
import { findingsIn, refreshCounts } from "./findings";
import type { IgnoreRuleInput, ignoreScope } from "./filter";
import { hides, isInForce, ruleFor } from "./ignoring";
import { rankOf } from "./severity";
import type { IgnorePreview, IgnoreRuleView, IgnoreScope } from "./views";

type ScopeInput = z.infer<typeof ignoreScope>;

/** The tenant's rules, the latest first, with what each hides now. */
export async function listRules(ctx: RoomContext, { accountId }: { accountId?: string }): Promise<IgnoreRuleView[]> {
  return forTenant(ctx.tenantId, async (tx) => {
    const rules = await tx.ignoreRule.findMany({
      where: accountId ? { OR: [{ accountId }, { accountId: null }] } : {},
      include: { account: { select: { name: true } }, stack: { select: { resource: { select: { name: true } } } } },
      orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    });
    const findings = rules.length > 0 ? await findingsIn(tx, {}) : [];
    const now = new Date();
    return rules.map(({ account, stack, tenantId: _t, dueAt: _d, leaseUntil: _l, fence: _f, ...rule }) => ({
      ...rule,
      accountName: account?.name ?? null,
      stackName: stack?.resource.name ?? null,
      isExpired: !isInForce(rule, now),
      hides: isInForce(rule, now) ? findings.filter((finding) => hides(rule, finding)).length : 0,
    }));
  });
}

/** What a rule would hide now, before it is saved. */
export async function previewRule(ctx: RoomContext, input: ScopeInput): Promise<IgnorePreview> {
  return forTenant(ctx.tenantId, async (tx) => {
    const scope = await scopeOf(tx, input);
    const rules = await tx.ignoreRule.findMany();
    const now = new Date();
    const hidden = (await findingsIn(tx, scope))
      .filter((finding) => hides(scope, finding))
      .sort((a, b) => rankOf(b.severity) - rankOf(a.severity));
    const grave = hidden.filter(({ severity }) => severity === "CRITICAL" || severity === "HIGH");
    return {
      differences: hidden.length,
      resources: new Set(hidden.map(({ stackId, logicalId }) => `${stackId} ${logicalId}`)).size,
      stacks: new Set(hidden.map(({ stackId }) => stackId)).size,
      examples: hidden
        .slice(0, 50)
        .map(({ stackId, stackName, awsAccountId, logicalId, type, path, severity, ...finding }) => ({
          ...{ stackId, stackName, awsAccountId, logicalId, type, path, severity },
          isIgnoredAlready: ruleFor(rules, { ...finding, stackId, logicalId, type, path }, now) !== null,
        })),
      warning:
        grave.length > 0
          ? `This hides ${grave.length} ${grave.length === 1 ? "difference that is" : "differences that are"} critical or high, such as “${grave[0]!.because}” on ${grave[0]!.logicalId}.`
          : null,
    };
  });
}

/** Saves a rule; what it hides is folded away at once. NOT_FOUND for an account or stack that is not the tenant's. */
export async function createRule(ctx: RoomContext, input: IgnoreRuleInput): Promise<{ ruleId: string }> {
  const { reason, expiresAt = null, ...chosen } = input;
  if (expiresAt && expiresAt <= new Date())
    throw new AppError("BAD_REQUEST", "The rule would have ended already. Choose a later day.", {
      fields: { expiresAt: "Choose a day that is still to come." },
    });
  const createdByEmail = await ctx.email();
  return forTenant(ctx.tenantId, async (tx) => {
    const scope = await scopeOf(tx, chosen);
    if (scope.stackId) await keepStackRow(tx, ctx.tenantId, scope.stackId);
    const { id: ruleId } = await tx.ignoreRule.create({
      data: {
        ...scope,
        tenantId: ctx.tenantId,
        reason,
        expiresAt,
        dueAt: expiresAt,
        createdBy: ctx.clerkUserId,
        createdByEmail,
      },
    });
    await refreshCounts(tx, ctx.tenantId, scope);
    const detail = { ...scope, expiresAt: expiresAt?.toISOString() ?? null };
    await record(tx, ctx, { action: "drift.ignoreRules.create", targetId: ruleId, target: reason, detail });
    return { ruleId };
  });
}

/** Deletes a rule; what it hid counts again at once. */
export async function removeRule(ctx: RoomContext, { ruleId }: { ruleId: string }): Promise<void> {
  await forTenant(ctx.tenantId, async (tx) => {
    const rule = await tx.ignoreRule.findUnique({ where: { id: ruleId } });
    const { count } = await tx.ignoreRule.deleteMany({ where: { id: ruleId } });
    if (!rule || count === 0) throw notFound("This rule");
    await refreshCounts(tx, ctx.tenantId, rule);
    const { accountId, stackId, resourceType, logicalId, propertyPath, reason } = rule;
    const detail = { accountId, stackId, resourceType, logicalId, propertyPath };
    await record(tx, ctx, { action: "drift.ignoreRules.remove", targetId: ruleId, target: reason, detail });
  });
}

/** Counts again what rules that have ended had hidden; returns how many ended. The rule itself stays, as expired. */
export async function endRules(): Promise<number> {
  const claimed = await claimEndedRules(20);
  for (const { id, tenantId, fence } of claimed) {
    const ended = forTenant(tenantId, async (tx) => {
      const rule = await tx.ignoreRule.findFirst({ where: { id, fence } });
      if (!rule) return;
      await refreshCounts(tx, tenantId, rule);
      await tx.ignoreRule.update({ where: { id }, data: { dueAt: null, leaseUntil: null } });
    });
    await ended.then(
      () => metrics.jobEnds.inc({ job: "ignoreRules", outcome: "ok" }),
      (error: unknown) => {
        metrics.jobEnds.inc({ job: "ignoreRules", outcome: "failed" });
        const fields = { err: error, ruleId: id, tenantId, job: "ignoreRules" };
        log.error(fields, "an ended rule could not be counted; its lease will run out and it is tried again");
      },
    );
  }
  return claimed.length;
}

/** The scope with what is not chosen as null. NOT_FOUND for another tenant's account or stack. */
async function scopeOf(tx: TenantTx, chosen: ScopeInput): Promise<IgnoreScope> {
  const { accountId = null, stackId = null, resourceType = null, logicalId = null, propertyPath = null } = chosen;
  if (accountId && !(await tx.awsAccount.count({ where: { id: accountId } }))) throw notFound("This account");
  if (stackId && !(await tx.resource.count({ where: { id: stackId, type: "AWS::CloudFormation::Stack" } })))
    throw notFound("This stack");
  return { accountId, stackId, resourceType, logicalId, propertyPath };
}

/** A stack's own row is made with its first detection; a rule may come before. */
async function keepStackRow(tx: TenantTx, tenantId: TenantId, stackId: string): Promise<void> {
  const { accountId } = await tx.resource.findUniqueOrThrow({ where: { id: stackId }, select: { accountId: true } });
  await tx.cloudFormationStack.createMany({ data: [{ id: stackId, tenantId, accountId }], skipDuplicates: true });
}
