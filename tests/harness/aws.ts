import { afterAll, afterEach, beforeAll } from "vitest";
import { cloudGuard } from "../../demo/aws/identities";
import { startSimulatedAws, type SimulatedAwsOptions } from "../../demo/aws/server";
import type { CostTruth } from "../../demo/aws/cost-truth";
import type { truth } from "../../demo/aws/truth";
import { DEFAULT_ROLE_NAME, rolePolicies } from "../../server/accounts/role-policy";
import type { RoleGrant } from "../../server/aws/session";

export interface SimulatedCall {
  service: string;
  operation: string;
  account: string;
  region: string;
  count: number;
  refused: number;
}

/** A simulated AWS for the test file, with the unmodified SDK pointed at it. */
export function useSimulatedAws(options: SimulatedAwsOptions = {}) {
  let running: Awaited<ReturnType<typeof startSimulatedAws>> | undefined;
  let made = 0;
  beforeAll(async () => {
    running = await startSimulatedAws(options);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: running.url,
      AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
      AWS_REGION: "us-east-1",
    });
  });
  afterEach(() => ask("DELETE", "/_sim/faults"));
  afterAll(() => running?.close());

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${running!.url}${path}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  };
  return {
    truth: () => ask<ReturnType<typeof truth>>("GET", "/_sim/truth"),
    /** Makes the world anew, and forgets roles, sessions, faults and calls. */
    reset: () => ask("POST", "/_sim/reset"),
    costs: () => ask<CostTruth>("GET", "/_sim/costs"),
    passDays: (days: number) => ask("POST", "/_sim/days", { days }),
    calls: () => ask<SimulatedCall[]>("GET", "/_sim/calls"),
    forgetCalls: () => ask("GET", "/_sim/calls?reset=1"),
    fault: (fault: object) => ask<{ id: string }>("POST", "/_sim/faults", fault),
    clearFaults: () => ask("DELETE", "/_sim/faults"),
    /** With the policies that CloudGuard hands out, unless others are given. */
    grantRole: ({
      roleName = DEFAULT_ROLE_NAME,
      ...role
    }: {
      account: string;
      externalId?: string;
      lacks?: string[];
      roleName?: string;
      principal?: string;
      policies?: object[];
    }) => {
      const policies = ownPolicies(role.account, roleName);
      return ask<{ roleArn: string }>("POST", "/_sim/roles", { policies, ...role, roleName });
    },
    /** A role of its own for each test, so that no session of another test is found in the cache. */
    async grant(
      account: string,
      { externalId, lacks }: { externalId?: string | null; lacks?: string[] } = {},
    ): Promise<RoleGrant> {
      const roleName = `CloudGuardTest${++made}`;
      const issued = externalId ?? `cg-test-${made}`;
      const role = {
        account,
        roleName,
        policies: ownPolicies(account, roleName),
        ...(externalId !== null && { externalId: issued }),
        ...(lacks && { lacks }),
      };
      const { roleArn } = await ask<{ roleArn: string }>("POST", "/_sim/roles", role);
      return { awsAccountId: account, roleArn, externalId: issued };
    },
    changeLive: (change: { account: string; region: string; stack: string; logicalId: string; live: object | null }) =>
      ask<{ serial: number }>("POST", "/_sim/drift", change),
    mutate: (mutation: object) => ask<{ serial: number }>("POST", "/_sim/mutate", mutation),
    terminate: (instance: { account: string; region: string; instanceId: string }) =>
      ask<{ removed: number }>("POST", "/_sim/terminate", instance),
  };
}

export type SimulatedAws = ReturnType<typeof useSimulatedAws>;

function ownPolicies(awsAccountId: string, roleName: string) {
  return rolePolicies({ awsAccountId, roleName }).map(({ name, document }) => ({ name, document }));
}
