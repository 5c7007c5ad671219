import { expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import type { TenantId, TenantTx } from "./client";
import { tenantBatch } from "./tenant-batch";

useDatabase();

const ada = "user_ada" as TenantId;

/** Answers each ask with itself and the transaction that it was worked in. */
async function inTransaction<Ask>(tx: TenantTx, asks: Ask[]) {
  const [row] = await tx.$queryRaw<{ transaction: string }[]>`select pg_current_xact_id()::text as transaction`;
  return asks.map((ask) => ({ ask, transaction: row!.transaction }));
}

it("works what is asked within a moment in one transaction, and answers each in its place", async () => {
  const batch = tenantBatch(ada);
  const [numbers, words] = [batch.kind(inTransaction<number>), batch.kind(inTransaction<string>)];
  const answers = await Promise.all([words("one"), numbers(1), numbers(2), words("two")]);
  expect(answers.map(({ ask }) => ask)).toEqual(["one", 1, 2, "two"]);
  expect(new Set(answers.map(({ transaction }) => transaction)).size).toBe(1);
  expect((await numbers(3)).transaction).not.toBe(answers[0].transaction);
});

it("takes no more at once than it may, and leaves none waiting", async () => {
  const number = tenantBatch(ada, { most: 10 }).kind(inTransaction<number>);
  const answers = await Promise.all(Array.from({ length: 25 }, (_, at) => number(at)));
  expect(answers.map(({ ask }) => ask)).toEqual(answers.map((_, at) => at));
  const sizes = [...new Set(answers.map(({ transaction }) => transaction))].map(
    (one) => answers.filter(({ transaction }) => transaction === one).length,
  );
  expect(sizes).toEqual([10, 10, 5]);
});

it("works the kinds in the order in which they were added", async () => {
  const batch = tenantBatch(ada);
  const worked: string[] = [];
  const kind = (name: string) =>
    batch.kind(async (_, asks: null[]) => {
      worked.push(name);
      return asks;
    });
  const [first, second] = [kind("first"), kind("second")];
  await Promise.all([second(null), first(null)]);
  expect(worked).toEqual(["first", "second"]);
});

it("fails all that was asked together where one of it fails, and nothing after", async () => {
  const batch = tenantBatch(ada);
  const number = batch.kind(inTransaction<number>);
  const failing = batch.kind((tx, asks: string[]) => tx.$queryRaw<string[]>`select ${asks[0]}::int`);
  const outcomes = await Promise.allSettled([number(1), failing("not a number")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await number(2)).toMatchObject({ ask: 2 });
});
