import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { requestSync } from "./service";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");

it("gives a sync that is just ending no more to do, and begins another", async () => {
  const { accountId } = await connect(ada, aws, "123456789012");
  await workAll();
  const [ending] = await requestSync(ada, { accountId, region: "us-east-1" });
  let wanted: ReturnType<typeof requestSync> | undefined;
  // As whoever writes the last of its scans ends it.
  await forTenant(ada.tenantId, async (tx) => {
    await tx.$queryRaw`select 1 from "SyncRun" where "id" = ${ending!.runId} for update`;
    wanted = requestSync(ada, { accountId, region: "eu-west-1" });
    await delay(500);
    await tx.syncRun.update({ where: { id: ending!.runId }, data: { state: "COMPLETE", finishedAt: new Date() } });
  });
  const [begun] = await wanted!;
  expect(begun!.runId).not.toBe(ending!.runId);
  expect(begun!.finishedAt).toBeNull();
  const queued = await forTenant(ada.tenantId, (tx) =>
    tx.scanCell.findMany({ where: { state: "QUEUED", region: "eu-west-1" }, select: { syncRunId: true } }),
  );
  expect(queued.length).toBeGreaterThan(5);
  expect(new Set(queued.map(({ syncRunId }) => syncRunId))).toEqual(new Set([begun!.runId]));
});
