/** Pure: stored costs and costs that were read → what to write, and what AWS tells differently now. */
import { amount } from "./money";
import type { Grouping } from "./refresh-plan";

export interface Entry {
  grouping: Grouping;
  date: string;
  awsAccountId: string;
  service: string;
  region: string;
  amount: string;
  amortized: string;
  unit: string;
}

/** A day that had been over when it was read before, with what it was and what it is. */
export interface Restatement {
  date: string;
  awsAccountId: string;
  service: string;
  was: string;
  amount: string;
  wasAmortized: string;
  amortized: string;
}

export interface EntryChanges {
  /** New or different. */
  write: Entry[];
  /** Stored, and no longer told of. */
  remove: Entry[];
  restated: Restatement[];
}

const DAY_MS = 86_400_000;

/**
 * Compares what is stored of some days with all that was read of them. Rows without an amount are not kept. `readAt` says when a
 * day had been read before: a day that was still running then has grown, and has not been restated.
 */
export function entryChanges(
  stored: readonly Entry[],
  read: readonly Entry[],
  readAt: ReadonlyMap<string, Date>,
): EntryChanges {
  const before = new Map(stored.map((entry) => [keyOf(entry), entry]));
  const changes: EntryChanges = { write: [], remove: [], restated: [] };
  const note = (entry: Entry, was: Pick<Entry, "amount" | "amortized">, is: Pick<Entry, "amount" | "amortized">) => {
    const lastRead = readAt.get(entry.date);
    const wasOver = lastRead !== undefined && lastRead.getTime() >= Date.parse(entry.date) + DAY_MS;
    // The other groupings tell of the same dollars.
    if (!wasOver || entry.grouping !== "SERVICE_ACCOUNT") return;
    const { date, awsAccountId, service } = entry;
    changes.restated.push({
      date,
      awsAccountId,
      service,
      was: was.amount,
      amount: is.amount,
      wasAmortized: was.amortized,
      amortized: is.amortized,
    });
  };

  const seen = new Set<string>();
  for (const entry of read) {
    if (isZero(entry.amount) && isZero(entry.amortized)) continue;
    const key = keyOf(entry);
    seen.add(key);
    const was = before.get(key);
    if (was && isSame(was.amount, entry.amount) && isSame(was.amortized, entry.amortized)) continue;
    changes.write.push(entry);
    note(entry, was ?? nothing, entry);
  }
  for (const [key, entry] of before) {
    if (seen.has(key)) continue;
    changes.remove.push(entry);
    note(entry, entry, nothing);
  }
  return changes;
}

const nothing = { amount: "0", amortized: "0" };

const isZero = (text: string) => amount(text).isZero();
const isSame = (a: string, b: string) => a === b || amount(a).equals(b);

function keyOf({ grouping, date, awsAccountId, service, region }: Entry): string {
  return [grouping, date, awsAccountId, service, region].join("\n");
}
