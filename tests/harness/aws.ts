import { afterAll, beforeAll } from "vitest";
import { cloudGuard } from "../../demo/aws/identities";
import { startSimulatedAws, type SimulatedAwsOptions } from "../../demo/aws/server";
import type { truth } from "../../demo/aws/truth";

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
  beforeAll(async () => {
    running = await startSimulatedAws(options);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: running.url,
      AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
      AWS_REGION: "us-east-1",
    });
  });
  afterAll(() => running?.close());

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${running!.url}${path}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  };
  return {
    truth: () => ask<ReturnType<typeof truth>>("GET", "/_sim/truth"),
    calls: (reset = false) => ask<SimulatedCall[]>("GET", `/_sim/calls${reset ? "?reset=1" : ""}`),
    fault: (fault: object) => ask<{ id: string }>("POST", "/_sim/faults", fault),
    clearFaults: () => ask("DELETE", "/_sim/faults"),
    grantRole: (role: {
      account: string;
      externalId?: string;
      lacks?: string[];
      roleName?: string;
      principal?: string;
      policies?: object[];
    }) => ask<{ roleArn: string }>("POST", "/_sim/roles", role),
    terminate: (instance: { account: string; region: string; instanceId: string }) =>
      ask<{ removed: number }>("POST", "/_sim/terminate", instance),
  };
}

export type SimulatedAws = ReturnType<typeof useSimulatedAws>;
