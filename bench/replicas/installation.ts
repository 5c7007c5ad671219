/** Three web processes and two workers of the production build on one database, which can be killed one by one. */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { clerkEnv } from "../../demo/app-env";
import { createSigner } from "../../demo/clerk/tokens";
import { freePort } from "../../demo/free-port";
import { standInHost } from "../../server/clerk-mode";
import { answering, startProcess, type RunningProcess } from "../../tests/harness/processes";
import { productionSettings } from "../../tests/harness/production-settings";
import { APP_URL } from "../worlds/started";

export interface Replica extends RunningProcess {
  name: string;
  isWeb: boolean;
  origin: string;
}

export const names = ["web-1", "web-2", "web-3", "worker-1", "worker-2"] as const;

const { privateKey: clerkPrivateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const signer = createSigner(clerkPrivateKey, `https://${standInHost}`);

/** Starts one of them with `settings` beside those of a production, and resolves when it is ready. */
export async function startReplica(name: string, settings: Record<string, string>): Promise<Replica> {
  const port = await freePort();
  const isWeb = name.startsWith("web");
  const running = startProcess([`scripts/${isWeb ? "start" : "worker"}.mjs`], {
    env: {
      ...productionSettings(process.env.DATABASE_URL!, port),
      // Nobody answers there: a token is checked against the key alone.
      ...clerkEnv({ clerkPrivateKey, clerkSecretKey: "sk_test_of_a_bench", cronSecret: "" }, "http://127.0.0.1:1"),
      AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL,
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY,
      APP_URL,
      LOG_LEVEL: "warn",
      HOST: "localhost",
      [isWeb ? "PORT" : "WORKER_PORT"]: String(port),
      ...settings,
    },
  });
  const replica = { ...running, name, isWeb, origin: `http://localhost:${port}` };
  await answering(`${replica.origin}/api/health/ready`, running);
  return replica;
}

/** A session of that person, in that organisation where one is named; good for longer than Clerk's own minute. */
export function bearerOf(userId: string, organization?: string): Record<string, string> {
  const user = { id: userId, email: "", password: "", firstName: "", lastName: "" };
  const active = organization
    ? { user, role: "member" as const, organization: { id: organization, name: "", slug: "a-team", members: [] } }
    : undefined;
  const token = signer.sessionToken({ user, sessionId: `sess_${userId}`, active, origin: APP_URL, seconds: 600 });
  return { authorization: `Bearer ${token}` };
}

/** `npm start` is a process that started another: what is done to one is done to all of them. */
export function signalAll({ child }: RunningProcess, signal: NodeJS.Signals): void {
  const listed = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout.trim().split("\n");
  const parents = listed.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [child.pid!];
  for (const pid of family) family.push(...parents.filter(([, parent]) => parent === pid).map(([one]) => one));
  // The youngest first: a parent that sees its child gone ends by itself.
  for (const pid of family.reverse())
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has just ended
    }
}
