import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { LEASE_SECONDS } from "./claim";
import { asSystem, asUpkeep, forTenant, type TenantId } from "./client";

useDatabase();
const tenantId = "tenant_silent" as TenantId;

type Tx = Parameters<Parameters<typeof forTenant>[1]>[0];
const allowed = async (tx: Tx) => {
  const [row] = await tx.$queryRaw<{ seconds: number }[]>`
    select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)::int as seconds`;
  return row!.seconds;
};

describe("a transaction that says nothing more", () => {
  it("may do so for less than a lease, in every role", async () => {
    for (const seconds of [
      await forTenant(tenantId, allowed),
      await asSystem((tx) => allowed(tx as Tx)),
      await asUpkeep((tx) => allowed(tx as Tx)),
    ]) {
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(LEASE_SECONDS / 2);
    }
  });

  it("is ended with its locks, and its process goes on", async () => {
    const { id } = await forTenant(tenantId, (tx) => tx.user.create({ data: { clerkId: tenantId } }), {
      clerkUserId: tenantId,
    });
    const isFree = () =>
      forTenant(
        tenantId,
        async (tx) =>
          (await tx.$queryRaw<unknown[]>`select "id" from "User" where "id" = ${id} for update skip locked`).length > 0,
        { clerkUserId: tenantId },
      );
    const silent = forTenant(
      tenantId,
      async (tx) => {
        await tx.$queryRaw`select set_config('idle_in_transaction_session_timeout', '500', true)`;
        await tx.$queryRaw`select "id" from "User" where "id" = ${id} for update`;
        expect(await isFree()).toBe(false);
        // As if the process stood still here: it does nothing more until the row can be had.
        await eventually("the lock is given up", isFree);
        await tx.user.update({ where: { id }, data: { email: "late@example.com" } });
      },
      { clerkUserId: tenantId },
    );
    await expect(silent).rejects.toThrow();
    const left = await forTenant(tenantId, (tx) => tx.user.findUnique({ where: { id } }), { clerkUserId: tenantId });
    expect(left).toMatchObject({ email: null });
  });
});
