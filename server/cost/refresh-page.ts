import {
  DOLLARS_A_REQUEST,
  readCostPage,
  readForecast,
  type Asked,
  type CostPageBody,
  type ForecastDayBody,
} from "../aws/cost-explorer";
import type { Failure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import { toFailure } from "../aws/to-failure";
import type { ClaimedRefresh } from "../db/claim-cost";
import { forTenant, type TenantTx } from "../db/client";
import { LeaseLost } from "../db/lease-lost";
import { amount } from "./money";
import { dayOf, monthStart } from "./range";
import { advance, forecastEnd, groupings, purposeOf, type RefreshProgress } from "./refresh-plan";
import { spentSince } from "./refresh-queries";

/** AWS did not answer; `failure` says why. */
export class ReadFailed extends Error {
  override readonly name = "ReadFailed";
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** The month's cap leaves no dollar for another request. */
export class CapReached extends Error {
  override readonly name = "CapReached";
}

/**
 * Asks for one page, notes it in the ledger, and keeps it with where the refresh stands then. Throws ReadFailed, LeaseLost, and CapReached
 * where costs are still to be read: without a cent for AWS's forecast, what was paid for is written.
 */
export async function readPage(
  refresh: ClaimedRefresh,
  session: AwsSession,
  progress: RefreshProgress,
  signal: AbortSignal,
): Promise<RefreshProgress> {
  try {
    return await askForPage(refresh, session, progress, signal);
  } catch (error) {
    if (!(error instanceof CapReached) || progress.step !== "FORECAST") throw error;
    return advance(progress, null);
  }
}

async function askForPage(
  refresh: ClaimedRefresh,
  session: AwsSession,
  progress: RefreshProgress,
  signal: AbortSignal,
): Promise<RefreshProgress> {
  const { awsAccountId } = session.grant;
  const ledgerId = await noteQuestion(refresh, awsAccountId, progress, new Date());
  const asked: Asked = {
    requests: 0,
    onRepeat: (requests) => noteRepeat(refresh, awsAccountId, ledgerId, requests),
  };
  let failure: Failure | null = null;
  let answer: { body: PageBody; nextToken: string | null };
  try {
    answer = await ask(session, progress, { asked, signal });
  } catch (error) {
    if (error instanceof CapReached || error instanceof LeaseLost) throw error;
    failure = toFailure(error);
    // AWS forecasts only what it has enough history of: that is no reason to go without the costs.
    if (progress.step !== "FORECAST" || signal.aborted) throw new ReadFailed(failure);
    answer = { body: { failure }, nextToken: null };
  } finally {
    await noteAnswer(refresh, ledgerId, asked, failure);
  }
  return keepPage(refresh, progress, answer);
}

async function ask(
  session: AwsSession,
  { step, start, end, token }: RefreshProgress,
  call: { asked: Asked; signal: AbortSignal },
) {
  if (step === "WRITE" || step === "KEEP") throw new Error("nothing is asked to write");
  if (step !== "FORECAST") return readCostPage(session, { start, end, by: [...groupings[step]], token }, call);
  // AWS forecasts from today on, whichever day the refresh began.
  const today = dayOf(new Date());
  return {
    body: { days: await readForecast(session, { start: today, end: forecastEnd(today) }, call) },
    nextToken: null,
  };
}

/**
 * Writes the question into the ledger before it is asked, so that a crash in between leaves it noted. Throws CapReached where the month's
 * cap does not allow it.
 */
async function noteQuestion(refresh: ClaimedRefresh, awsAccountId: string, progress: RefreshProgress, now: Date) {
  return forTenant(refresh.tenantId, async (tx) => {
    await assertAffordable(tx, refresh, awsAccountId, now);
    const { id } = await tx.costLedger.create({
      data: {
        tenantId: refresh.tenantId,
        awsAccountId,
        askedAt: now,
        operation: progress.step === "FORECAST" ? "GetCostForecast" : "GetCostAndUsage",
        purpose: purposeOf(progress),
        requests: 1,
        dollars: DOLLARS_A_REQUEST,
      },
    });
    return id;
  });
}

/** The same before a failed request is repeated: each is paid, and a worker may be killed while it repeats. */
async function noteRepeat(refresh: ClaimedRefresh, awsAccountId: string, id: string, requests: number): Promise<void> {
  await forTenant(refresh.tenantId, async (tx) => {
    await assertAffordable(tx, refresh, awsAccountId, new Date());
    await tx.costLedger.update({ where: { id }, data: { requests, dollars: dollarsOf(requests) } });
  });
}

async function assertAffordable(
  tx: TenantTx,
  { accountId, fence }: ClaimedRefresh,
  awsAccountId: string,
  now: Date,
): Promise<void> {
  const row = await tx.costRefresh.findFirst({ where: { accountId, fence }, select: { capUsd: true } });
  if (!row) throw new LeaseLost();
  await assertRoomFor(tx, 1, { awsAccountId, capUsd: row.capUsd.toString() }, now);
}

/** Throws CapReached where the month's cap leaves no room for so many requests more. */
export async function assertRoomFor(
  tx: TenantTx,
  requests: number,
  { awsAccountId, capUsd }: { awsAccountId: string; capUsd: string },
  now: Date,
): Promise<void> {
  const spent = await spentSince(tx, awsAccountId, new Date(monthStart(dayOf(now))));
  if (amount(spent).plus(dollarsOf(requests)).gt(capUsd)) throw new CapReached();
}

const dollarsOf = (requests: number) => amount(DOLLARS_A_REQUEST).times(requests).toFixed(2);

/** Puts right how many requests it took: none where the role could not even be assumed. */
async function noteAnswer({ tenantId }: ClaimedRefresh, id: string, { requests }: Asked, failure: Failure | null) {
  const failureCode = failure?.code ?? null;
  await forTenant(tenantId, (tx) =>
    tx.costLedger.update({ where: { id }, data: { requests, dollars: dollarsOf(requests), failureCode } }),
  );
}

export type PageBody = CostPageBody | { days: ForecastDayBody[] } | { failure: Pick<Failure, keyof Failure> };

async function keepPage(
  { tenantId, accountId, fence }: ClaimedRefresh,
  progress: RefreshProgress,
  { body, nextToken }: { body: PageBody; nextToken: string | null },
): Promise<RefreshProgress> {
  const next = advance(progress, nextToken);
  await forTenant(tenantId, async (tx) => {
    const { count } = await tx.costRefresh.updateMany({ where: { accountId, fence }, data: { progress: { ...next } } });
    if (count === 0) throw new LeaseLost();
    const { step, page } = progress;
    await tx.costPage.create({ data: { tenantId, accountId, step, page, body: { ...body } } });
  });
  return next;
}
