import { checkAccount } from "../accounts/connection-check";
import { refreshDueCosts } from "../cost/refresh";
import { claimAccounts, releaseAccounts, type ClaimedAccount } from "../db/claim";
import { endRules } from "../drift/ignore-rules";
import { runSchedules } from "../drift/schedules";
import { workDriftJobs } from "../drift/work";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { planSync } from "../resources/plan";
import { scanDueCells } from "../resources/scan";
import { rouse } from "./rouse";
import { workUpkeep } from "./upkeep";

export interface JobBudget {
  /** In the time of performance.now(). */
  deadline: number;
  signal: AbortSignal;
}

/** Everything that the clock may find due. A job works its due rows until none is left or its budget ends, and says how many. */
export const jobs: Record<string, (budget: JobBudget) => Promise<number>> = {
  accounts: workAccounts,
  inventory: scanDueCells,
  driftSchedules: runSchedules,
  drift: workDriftJobs,
  ignoreRules: endRules,
  costs: refreshDueCosts,
  upkeep: workUpkeep,
};

async function workAccounts({ signal }: JobBudget): Promise<number> {
  if (signal.aborted) return 0;
  const claimed = await claimAccounts(20);
  const held = new Set(claimed);
  const work = claimed.map((account) =>
    withLogContext({ tenantId: account.tenantId, accountId: account.id, job: "accounts" }, () =>
      workAccount(account),
    ).finally(() => held.delete(account)),
  );
  const cleanUp = new AbortController();
  await Promise.race([Promise.all(work), aborted(signal, cleanUp.signal)]);
  cleanUp.abort();
  await releaseAccounts([...held].map(({ id, fence }) => ({ id, fence })));
  return claimed.length;
}

async function workAccount(account: ClaimedAccount): Promise<void> {
  try {
    if (account.checkIsDue) await checkAccount(account);
    if (!account.syncIsDue) return;
    await planSync(account);
    // Its cells are due now: the first rows need not wait for the next look.
    rouse();
  } catch (error) {
    metrics.jobEnds.inc({ job: "accounts", outcome: "failed" });
    log.error({ err: error }, "an account's job failed; its lease will run out and it is tried again");
  }
}

/** Resolves when `signal` is aborted; stops listening with `cleanUp`, as the signal lives as long as the process. */
function aborted(signal: AbortSignal, cleanUp: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true, signal: cleanUp });
  });
}
