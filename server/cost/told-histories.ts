import type { TenantTx } from "../db/client";
import { byDayAndAccount, byDayTold, daysRead } from "./entry-queries";
import type { DayAmount } from "./figures/days";
import { groupBy } from "./parts";
import type { CostRange } from "./views";

type Days = Pick<CostRange, "start" | "end">;

/** The linked accounts that `accountId` has told of since a day, by id, itself among them. */
export async function toldSince(tx: TenantTx, accountId: string, day: string): Promise<string[]> {
  const linked = await tx.costLinked.findMany({
    where: { accountId, OR: [{ isOwn: true }, { lastDay: { gte: new Date(day) } }] },
    orderBy: { awsAccountId: "asc" },
  });
  return linked.map(({ awsAccountId }) => awsAccountId);
}

/** The daily history of some of the linked accounts that `accountId` tells of; under "" that of all together. */
export async function historiesOf(
  tx: TenantTx,
  accountId: string,
  range: Days,
  awsAccountIds: string[],
): Promise<Map<string, DayAmount[]>> {
  const read = await daysRead(tx, range, [accountId]);
  const told = groupBy(await byDayAndAccount(tx, range, accountId, awsAccountIds), ({ awsAccountId }) => awsAccountId);
  if (awsAccountIds.includes("")) told.set("", await toldOfAll(tx, range, accountId));
  return new Map(
    awsAccountIds.map((id) => {
      const amounts = new Map(told.get(id)?.map(({ day, amount }) => [day, amount]));
      return [id, read.map(({ day, isEstimated }) => ({ day, isEstimated, amount: amounts.get(day) ?? "0" }))];
    }),
  );
}

async function toldOfAll(tx: TenantTx, range: Days, accountId: string) {
  return (await byDayTold(tx, range, accountId)).map((row) => ({ ...row, awsAccountId: "" }));
}
