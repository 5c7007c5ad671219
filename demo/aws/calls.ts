import { AwsError, Refusal, type Ctx, type Outcome } from "./wire/sim";

/** How often an operation was called in one region of one account, and how often it was throttled, denied or spoilt. */
export interface CallCount {
  service: string;
  operation: string;
  account: string;
  region: string;
  count: number;
  refused: number;
  /** Of the answers' bodies. */
  bytes: number;
}

/** Counts every call whose caller is known. */
export class CallLedger {
  private readonly counts = new Map<string, CallCount>();

  note({ service, operation, account, region }: Ctx, outcome: Outcome): void {
    const key = [service, operation, account, region].join(" ");
    const call = this.counts.get(key) ?? { service, operation, account, region, count: 0, refused: 0, bytes: 0 };
    call.count += 1;
    call.bytes += outcome.bytes ?? 0;
    if (isRefused(outcome)) call.refused += 1;
    this.counts.set(key, call);
  }

  list(): CallCount[] {
    return [...this.counts.values()].map((call) => ({ ...call }));
  }

  clear(): void {
    this.counts.clear();
  }
}

/** An answer that says "no such bucket" is none; one that says "not you", "not now", or never arrives, is. */
function isRefused({ error, breakage }: Outcome): boolean {
  if (breakage !== undefined || error instanceof Refusal) return true;
  return error instanceof AwsError && /^(AccessDenied|UnauthorizedOperation)/.test(error.code);
}
