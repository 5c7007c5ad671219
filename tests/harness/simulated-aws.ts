import { afterAll, afterEach, beforeAll } from "vitest";
import { startSimulatedAws } from "../../demo/aws/server";
import type { AccountTruth } from "../../demo/aws/truth";
import { rolePolicies } from "../../server/accounts/role-policy";
import type { RoleGrant } from "../../server/aws/session";

/** One line of the simulation's log of calls. */
export interface LoggedCall {
  service: string;
  operation: string;
  account: string;
  region: string;
  count: number;
  refused: number;
}

/** Starts a simulated AWS for the test file and points the SDK at it, as CloudGuard's own user. */
export function useSimulatedAws(options: Omit<Parameters<typeof startSimulatedAws>[0], "port"> = {}) {
  let running: Awaited<ReturnType<typeof startSimulatedAws>>;
  let made = 0;

  beforeAll(async () => {
    running = await startSimulatedAws({ port: 0, ...options });
    process.env.AWS_ENDPOINT_URL = running.url;
    process.env.AWS_ACCESS_KEY_ID = "AKIACLOUDGUARDDEMO00";
    process.env.AWS_SECRET_ACCESS_KEY = "cloudguard-demo-secret";
    process.env.AWS_REGION = "us-east-1";
  });
  afterEach(() => ask("/_sim/faults", { method: "DELETE" }));
  afterAll(() => running.close());

  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(running.url + path, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
  const post = (path: string, body: object) =>
    ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

  return {
    truth: () => ask<{ accounts: AccountTruth[] }>("/_sim/truth"),
    calls: async () => {
      const answer = await ask<LoggedCall[] | { calls: LoggedCall[] }>("/_sim/calls");
      return Array.isArray(answer) ? answer : answer.calls;
    },
    forgetCalls: () => ask("/_sim/calls?reset=1"),
    fault: (fault: object) => post("/_sim/faults", fault),
    /** A role of its own for each test, so that no session of another test is found in the cache. */
    async grant(awsAccountId: string, role: { externalId?: string | null; lacks?: string[] } = {}): Promise<RoleGrant> {
      const roleName = `CloudGuardTest${++made}`;
      const { externalId = `cg-test-${made}`, lacks } = role;
      const policies = rolePolicies({ awsAccountId, roleName }).map(({ name, document }) => ({ name, document }));
      await post("/_sim/roles", {
        account: awsAccountId,
        roleName,
        ...(externalId !== null && { externalId }),
        principal: "arn:aws:iam::999900001111:root",
        policies,
        ...(lacks && { lacks }),
      });
      return {
        awsAccountId,
        roleArn: `arn:aws:iam::${awsAccountId}:role/${roleName}`,
        externalId: externalId ?? "cg-issued",
      };
    },
  };
}
