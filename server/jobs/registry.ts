import { checkAccount } from "../accounts/connection-check";
import { claimAccounts, type ClaimedAccount } from "../db/claim";
import { endRules } from "../drift/ignore-rules";
import { runSchedules } from "../drift/schedules";
import { workDriftJobs } from "../drift/work";
import { log, withLogContext } from "../log";
import { planSync } from "../resources/plan";
import { scanDueCells } from "../resources/scan";

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
};

async function workAccounts({ signal }: JobBudget): Promise<number> {
  if (signal.aborted) return 0;
  const claimed = await claimAccounts(20);
  await Promise.all(
    claimed.map((account) =>
      withLogContext({ tenantId: account.tenantId, accountId: account.id, job: "account" }, () => workAccount(account)),
    ),
  );
  return claimed.length;
}

async function workAccount(account: ClaimedAccount): Promise<void> {
  try {
    if (account.checkIsDue) await checkAccount(account);
    if (account.syncIsDue) await planSync(account);
  } catch (error) {
    log.error({ err: error }, "an account's job failed; its lease will run out and it is tried again");
  }
}
