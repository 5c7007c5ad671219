import { completenessOf, countOf } from "../accounts/status";
import type { Completeness } from "../accounts/views";
import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { completenessOptions } from "./cells";
import { rollup } from "./queries";
import { shortNames, typesOf } from "./short-names";

export interface TypeCount {
  shortName: string;
  /** null: never read anywhere. Where `completeness` has gaps, at least this many. */
  count: number | null;
  completeness: Completeness;
}

/** How many resources live, by short name, from the rollup, and how complete each count is. */
export async function countByShortName(ctx: RoomContext): Promise<TypeCount[]> {
  const options = completenessOptions();
  return forTenant(ctx.tenantId, async (tx) => {
    const accounts = await tx.awsAccount.findMany();
    const cells = await tx.scanCell.findMany();
    const rows = await rollup(tx, {});
    return shortNames.map((shortName) => {
      const types = typesOf(shortName);
      const own = cells.filter(({ type }) => types.includes(type));
      const live = rows.filter(({ type }) => types.includes(type)).reduce((sum, row) => sum + row.live, 0);
      return {
        shortName,
        count: countOf(own) === null ? null : live,
        completeness: completenessOf(own, accounts, options),
      };
    });
  });
}
