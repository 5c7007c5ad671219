import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { cloudGuard } from "./identities";
import { startSimulatedAws } from "./server";

const account = "123456789012";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("keeps roles and templates from one process to the next, until a reset forgets the roles", async () => {
  const file = path.join(folder, "aws.json");
  const role = { account, externalId: "issued", roleName: "CloudGuardMonitoringRole" };
  await simulated(file, async (url) => {
    await send("PUT", `${url}/_sim/templates/role.json`, { Resources: {} });
    await send("POST", `${url}/_sim/roles`, role);
  });
  await simulated(file, async (url) => {
    expect(await send("GET", `${url}/_sim/templates/role.json`)).toEqual({ Resources: {} });
    await expect(assume(url, "issued")).resolves.toBeDefined();
    await expect(assume(url, "another")).rejects.toMatchObject({ name: "AccessDenied" });
    await send("POST", `${url}/_sim/reset`);
  });
  await simulated(file, async (url) => {
    await expect(assume(url, "issued")).rejects.toMatchObject({ name: "AccessDenied" });
    expect(await send("GET", `${url}/_sim/templates/role.json`)).toEqual({ Resources: {} });
  });
});

async function simulated(keptIn: string, use: (url: string) => Promise<void>): Promise<void> {
  const aws = await startSimulatedAws({ limits: "off", keptIn });
  try {
    await use(aws.url);
  } finally {
    await aws.close();
  }
}

async function send(method: string, address: string, body?: object): Promise<unknown> {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return answer.json();
}

function assume(endpoint: string, ExternalId: string) {
  const sts = new STSClient({ endpoint, region: "us-east-1", maxAttempts: 1, credentials: cloudGuard });
  const RoleArn = `arn:aws:iam::${account}:role/CloudGuardMonitoringRole`;
  return sts.send(new AssumeRoleCommand({ RoleArn, ExternalId, RoleSessionName: "test" }));
}
