import { z } from "zod";
import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { csvLine } from "../csv";
import { forTenant } from "../db/client";
import { byDayAccountAndService } from "./entry-queries";
import { day, metric, names, wholeDays } from "./input";
import { rangeOf } from "./range";
import { knownAccounts, resolveScope } from "./scope";

/** The cost page's own URL parameters, by the names that they have there. */
const parameters = z.object({
  account: names,
  service: names,
  days: z.coerce.number(wholeDays).int(wholeDays).optional(),
  start: day.optional(),
  end: day.optional(),
  metric: metric.default("unblended"),
});
const fields = { accountIds: "account", services: "service" };

/** What the cost page's address asks to export. Throws a ZodError that names the parameter at fault. */
export function exportInput(query: URLSearchParams) {
  const many = (key: string) => query.getAll(key).filter(Boolean);
  const optional = (key: string) => query.get(key) || undefined;
  const { account, service, ...asked } = parameters.parse({
    account: many("account"),
    service: many("service"),
    days: optional("days"),
    start: optional("start"),
    end: optional("end"),
    metric: optional("metric"),
  });
  return { ...asked, accountIds: account, services: service };
}

/**
 * What was spent, a line a day, account and service, with all decimals. Written down. Throws BAD_REQUEST or NOT_FOUND with the parameter
 * at fault.
 */
export async function exportCosts(
  ctx: RoomContext,
  input: ReturnType<typeof exportInput>,
  now = new Date(),
): Promise<string> {
  const range = rangeOf(input, now);
  const { rows, names } = await forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const scope = await resolveScope(tx, input, known, fields);
    const rows = await byDayAccountAndService(tx, { ...scope, range, metric: input.metric });
    const { start, end } = range;
    const detail = { start, end, accounts: scope.awsAccountIds, services: scope.services, metric: input.metric };
    await record(tx, ctx, { action: "cost.export", target: "costs as CSV", detail });
    return { rows, names: new Map(known.map(({ awsAccountId, name }) => [awsAccountId, name])) };
  });
  const head = ["Day", "Account", "Account name", "Service", "Amount", "Unit"];
  const lines = rows.map(({ day, awsAccountId, service, amount }) => [
    day,
    awsAccountId,
    names.get(awsAccountId) ?? "",
    service,
    amount,
    "USD",
  ]);
  return [head, ...lines].map(csvLine).join("");
}
