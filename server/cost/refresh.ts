import type { Failure } from "../aws/failure";
import { openSession, type AwsSession } from "../aws/session";
import { LEASE_SECONDS } from "../db/claim";
import { claimCostRefreshes, releaseCostRefresh, renewCostRefresh, type ClaimedRefresh } from "../db/claim-cost";
import { forTenant } from "../db/client";
import { LeaseLost } from "../db/lease-lost";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { handBackLate } from "../shutdown";
import { traced } from "../tracing";
import { assertRoomFor, CapReached, readPage, ReadFailed } from "./refresh-page";
import { beginRefresh, isAsked, isTooOld, leastRequests, shorterHistory, type RefreshProgress } from "./refresh-plan";
import { isCovered, isPayerDue } from "./refresh-queries";
import { endRefresh, endRefreshIn, writeRefresh } from "./refresh-write";
import { nextMonth, nextSlot, retryAt } from "./schedule";

/** Tenants whose costs are read at once; the limiter paces the calls of each account. */
const REFRESHES_AT_ONCE = 10;

/** Works due refreshes until none is left or `deadline` (performance.now()) has come; returns how many it worked on. */
export async function refreshDueCosts({
  deadline,
  signal,
}: {
  deadline: number;
  signal: AbortSignal;
}): Promise<number> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())))]);
  let worked = 0;
  while (!stop.aborted) {
    const claimed = await claimCostRefreshes(REFRESHES_AT_ONCE);
    if (claimed.length === 0) break;
    await Promise.all(
      claimed.map((refresh) =>
        withLogContext({ tenantId: refresh.tenantId, accountId: refresh.accountId, job: "costs" }, () =>
          work(refresh, stop),
        ),
      ),
    );
    worked += claimed.length;
  }
  return worked;
}

async function work(refresh: ClaimedRefresh, signal: AbortSignal): Promise<void> {
  const heartbeat = setInterval(
    () => {
      renewCostRefresh(refresh).catch((error: unknown) =>
        log.warn({ err: error }, "could not renew a cost refresh's lease"),
      );
    },
    (LEASE_SECONDS * 1000) / 3,
  );
  const forget = handBackLate(() => releaseCostRefresh(refresh));
  try {
    await refreshCosts(refresh, signal);
  } catch (error) {
    await endBadly(refresh, error, signal);
  } finally {
    clearInterval(heartbeat);
    forget();
  }
}

async function refreshCosts(refresh: ClaimedRefresh, signal: AbortSignal): Promise<void> {
  const begun = await begin(refresh, new Date());
  if (!begun) return;
  const { session, traceparent } = begun;
  const goOn = async () => {
    let { progress } = begun;
    while (isAsked(progress.step)) {
      signal.throwIfAborted();
      if (progress.pagesRead <= 1 && (await lettingPayerGoFirst(refresh))) return;
      progress = await readOn(refresh, session, progress, signal);
    }
    await writeRefresh(refresh, session.grant.awsAccountId, progress, signal);
  };
  await traced("cost refresh", {}, goOn, { parent: traceparent });
}

/** The next page, or where AWS does not tell so old costs, the same question from a month later on. */
async function readOn(
  refresh: ClaimedRefresh,
  session: AwsSession,
  progress: RefreshProgress,
  signal: AbortSignal,
): Promise<RefreshProgress> {
  try {
    return await readPage(refresh, session, progress, signal);
  } catch (error) {
    const shorter = error instanceof ReadFailed ? shorterHistory(progress, error.failure) : null;
    if (!shorter) throw error;
    const { tenantId, accountId, fence } = refresh;
    await forTenant(tenantId, (tx) =>
      tx.costRefresh.updateMany({ where: { accountId, fence }, data: { progress: { ...shorter } } }),
    );
    return shorter;
  }
}

/** Hands the refresh back, to come after all that are due, where one of them is or may be its payer: then it need not be read. */
async function lettingPayerGoFirst({ tenantId, accountId, fence }: ClaimedRefresh): Promise<boolean> {
  return forTenant(tenantId, async (tx) => {
    if (!(await isPayerDue(tx, accountId))) return false;
    const later = { dueAt: new Date(), leaseUntil: null, attempts: 0 };
    const { count } = await tx.costRefresh.updateMany({ where: { accountId, fence }, data: later });
    if (count === 0) throw new LeaseLost();
    return true;
  });
}

/** The account's session and where its refresh stands; null where nothing is to be asked. Throws CapReached, and LeaseLost. */
async function begin({ tenantId, accountId, fence }: ClaimedRefresh, now: Date) {
  return forTenant(tenantId, async (tx) => {
    const row = await tx.costRefresh.findFirst({
      where: { accountId, fence },
      include: { account: { include: { externalId: true } } },
    });
    if (!row) throw new LeaseLost();
    const { account, lastSuccessAt, traceparent } = row;
    // Only this file writes the column.
    const kept = row.progress as RefreshProgress | null;
    let progress = kept && isTooOld(kept, now) ? null : kept;
    // Also after the first page: it may have waited there for its payer.
    if ((!progress || progress.pagesRead <= 1) && (await isCovered(tx, accountId))) {
      await endRefreshIn(tx, { accountId, fence }, { outcome: "COVERED", dueAt: nextSlot(now), progress: "drop" });
      return null;
    }
    if (!progress) {
      // What a cap would end half-way is paid for in vain.
      const cap = { awsAccountId: account.awsAccountId, capUsd: row.capUsd.toString() };
      await assertRoomFor(tx, leastRequests(kept), cap, now);
      progress = beginRefresh(lastSuccessAt, now);
      await tx.costPage.deleteMany({ where: { accountId } });
      await tx.costRefresh.update({ where: { accountId }, data: { progress: { ...progress }, startedAt: now } });
    }
    const { awsAccountId, roleArn, externalId, region } = account;
    const session = openSession({ awsAccountId, roleArn, externalId: externalId.value }, "billing", { region });
    return { session, progress, traceparent };
  });
}

/** Puts a refresh off: for a moment where it passes, to the next slot or month where it does not. */
async function endBadly(refresh: ClaimedRefresh, error: unknown, signal: AbortSignal): Promise<void> {
  try {
    if (error instanceof LeaseLost) return; // somebody else has the row now: nothing to say
    if (signal.aborted) return await releaseCostRefresh(refresh);
    const now = new Date();
    if (error instanceof CapReached)
      // What was paid for is kept for a cap that is raised soon.
      return await endRefresh(refresh, { outcome: "CAPPED", dueAt: nextMonth(now), progress: "keep" });
    if (!(error instanceof ReadFailed)) throw error;
    const { failure } = error;
    const isPassing = passing.has(failure.kind);
    const dueAt = retryAt(refresh.attempts, isPassing, now);
    metrics.jobEnds.inc({ job: "costs", outcome: "failed" });
    log.info({ failure, dueAt }, "a cost refresh failed");
    // What passes goes on from its last page; what AWS refused begins anew, as the page's token may be the reason.
    await endRefresh(refresh, { outcome: "FAILED", failure, dueAt, progress: isPassing ? "keep" : "drop" });
  } catch (unexpected) {
    metrics.jobEnds.inc({ job: "costs", outcome: "failed" });
    log.error({ err: unexpected }, "a cost refresh failed; its lease will run out and it is tried again");
  }
}

const passing: ReadonlySet<Failure["kind"]> = new Set(["throttled", "unavailable", "expired"]);
