import type { Identity } from "../wire/sim";
import { Sim } from "../wire/sim";
import type { World } from "../world";
import { registerServices } from ".";

/** The services alone on a loopback port: no roles, no limits and no faults. For tests of what handlers answer. */
export async function serveWorld(world: () => World, now?: () => number) {
  const sim = new Sim();
  registerServices(sim, world, now);
  sim.identify = (accessKeyId) => identityOf(accessKeyId);
  const { server, url } = await sim.listen();
  return {
    /** What a client of `account` in `region` is made with. */
    client: (account: string, region: string) => ({
      endpoint: url,
      region,
      credentials: { accessKeyId: `AKIA${account}`, secretAccessKey: secretOf(account) },
      forcePathStyle: true,
      maxAttempts: 1,
    }),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Each account has one key, named after it. */
function identityOf(accessKeyId: string): Identity {
  const account = accessKeyId.slice(4);
  return { account, arn: `arn:aws:iam::${account}:root`, userId: account, secretAccessKey: secretOf(account) };
}

function secretOf(account: string): string {
  return `secret-of-${account}`;
}
