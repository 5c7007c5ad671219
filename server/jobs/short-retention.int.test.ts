import { expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { forTenant, type TenantId } from "../db/client";
import { workUpkeep } from "./upkeep";

process.env.RETAIN_HISTORY_DAYS = "1";
useDatabase();

it("keeps the ledger's last two months however short the history is, so that a cap forgets nothing of its month", async () => {
  const tenantId = "org_forgetting" as TenantId;
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
  const asked = { tenantId, awsAccountId: "123456789012", operation: "o", purpose: "p", requests: 1, dollars: 0.01 };
  await forTenant(tenantId, (tx) =>
    tx.costLedger.createMany({ data: [2, 61, 63].map((days) => ({ ...asked, askedAt: daysAgo(days) })) }),
  );
  expect(await workUpkeep({ deadline: performance.now() + 5_000, signal: new AbortController().signal })).toBe(1);
  expect(await forTenant(tenantId, (tx) => tx.costLedger.count())).toBe(2);
});
