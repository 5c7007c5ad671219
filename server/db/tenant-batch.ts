import { forTenant, type TenantId, type TenantTx } from "./client";

/** What a batch does with all asks of one kind, in their order: one answer each. */
export type BatchWork<Ask, Answer> = (tx: TenantTx, asks: Ask[]) => Promise<Answer[]>;

export interface TenantBatch {
  tenantId: TenantId;
  /**
   * Adds a kind of work and returns how it is asked for. Kinds are worked in the order in which they were added, and an ask is
   * answered once all is committed; where anything fails, every ask of the transaction fails with it.
   */
  kind<Ask, Answer>(work: BatchWork<Ask, Answer>): (ask: Ask) => Promise<Answer>;
}

/**
 * Gathers what is asked of a tenant's rows within `gatherMs`, up to `most` of a kind, into one transaction: thousands of small writes
 * would otherwise spend their time in BEGIN and COMMIT.
 */
export function tenantBatch(tenantId: TenantId, { gatherMs = 15, most = 200 } = {}): TenantBatch {
  const kinds: Kind[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isWriting = false;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (isWriting) return;
    isWriting = true;
    try {
      for (let parts = take(); parts.length > 0; parts = take()) await writeTogether(tenantId, parts);
    } finally {
      isWriting = false;
    }
  }

  const take = () => kinds.flatMap((kind) => kind(most) ?? []);

  return {
    tenantId,
    kind<Ask, Answer>(work: BatchWork<Ask, Answer>): (ask: Ask) => Promise<Answer> {
      const waiting: Waiting<Ask, Answer>[] = [];
      kinds.push((most) => (waiting.length > 0 ? partOf(waiting.splice(0, most), work) : null));
      return (ask) =>
        new Promise<Answer>((answer, fail) => {
          waiting.push({ ask, answer, fail });
          // Not from the last ask on: where they come without a pause none would ever be written.
          if (waiting.length >= most) void write();
          else timer ??= setTimeout(() => void write(), gatherMs);
        });
    },
  };
}

interface Waiting<Ask, Answer> {
  ask: Ask;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}

/** Takes up to `most` of what waits; null where nothing does. */
type Kind = (most: number) => Part | null;

/** One kind's share of a transaction; `work` gives what answers its asks after the commit. */
interface Part {
  work(tx: TenantTx): Promise<() => void>;
  fail(error: unknown): void;
}

function partOf<Ask, Answer>(waiting: Waiting<Ask, Answer>[], work: BatchWork<Ask, Answer>): Part {
  return {
    async work(tx) {
      const answers = await work(
        tx,
        waiting.map(({ ask }) => ask),
      );
      return () => waiting.forEach(({ answer }, at) => answer(answers[at]!));
    },
    fail: (error) => waiting.forEach(({ fail }) => fail(error)),
  };
}

async function writeTogether(tenantId: TenantId, parts: Part[]): Promise<void> {
  try {
    const answers = await forTenant(tenantId, async (tx) => {
      const answers: (() => void)[] = [];
      for (const part of parts) answers.push(await part.work(tx));
      return answers;
    });
    for (const answer of answers) answer();
  } catch (error) {
    for (const part of parts) part.fail(error);
  }
}
