/** A9: fifty first uses at once of each of some roles, for two purposes each: one AssumeRole for a role and a policy. */
import { openSession } from "../server/aws/session";
import { disconnect } from "../server/db/client";
import { startBenchWorld } from "./sync/world";

const USES = 50;
const bench = await startBenchWorld({ seed: 1, accounts: 4, resources: 0 }, { latencyMs: 50, concurrency: 50 });
const grants = await Promise.all(
  [...bench.world.accounts.keys()].map(async (awsAccountId) => {
    const externalId = `bench-${awsAccountId}`;
    const { roleArn } = (await bench.aws.post("/_sim/roles", { account: awsAccountId, externalId })) as {
      roleArn: string;
    };
    return { awsAccountId, roleArn, externalId };
  }),
);
await bench.aws.calls({ reset: true });
await Promise.all(
  grants.flatMap((grant) =>
    (["inventory", "drift"] as const).flatMap((feature) =>
      Array.from({ length: USES }, () => openSession(grant, feature).enabledRegions()),
    ),
  ),
);
const assumed = (await bench.aws.calls())
  .filter(({ operation }) => operation === "AssumeRole")
  .reduce((sum, { count }) => sum + count, 0);
const needed = grants.length * 2;
console.log(JSON.stringify({ assumeRole: assumed, needed, usesEach: USES, complete: assumed === needed }));
await disconnect();
await bench.stop();
process.exit(assumed === needed ? 0 : 1);
