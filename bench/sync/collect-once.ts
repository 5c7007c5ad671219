/**
 * Collects every cell of one account without a database, and tells its parent what that took: the cost of calls and of
 * reading their answers, apart from a sync. Four times, of which the last is told: by then the code is compiled.
 */
import { collect } from "../../server/aws/collect";
import { collectors } from "../../server/aws/collectors/index";
import { GLOBAL_REGION } from "../../server/aws/place";
import { openSession, type RoleGrant } from "../../server/aws/session";

const grant = JSON.parse(process.argv[2]!) as RoleGrant;
for (let warming = 0; warming < 3; warming++) await collectAll();
const before = process.cpuUsage();
await collectAll();
const { user, system } = process.cpuUsage(before);
process.send!({ cpuSeconds: (user + system) / 1e6 });
process.disconnect();

async function collectAll(): Promise<void> {
  const session = openSession(grant, "inventory");
  const regions = await session.enabledRegions();
  await Promise.all(
    collectors.flatMap((collector) =>
      (collector.scope === "global" ? [GLOBAL_REGION] : regions).map(async (region) => {
        for await (const page of collect(collector, session.at(region))) void page;
      }),
    ),
  );
}
