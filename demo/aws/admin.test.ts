import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { roleTemplate } from "../../server/accounts/role-template";
import { startSimulatedAws } from "./server";
import { demoWorld } from "./world";

const account = "400000000004";
let aws: Awaited<ReturnType<typeof startSimulatedAws>>;

beforeAll(async () => {
  aws = await startSimulatedAws({ limits: "off" });
});
afterAll(() => aws.close());
beforeEach(() => ask("POST", "/_sim/reset"));

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(aws.url + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const message = (pattern: RegExp) => ({ message: expect.stringMatching(pattern) as string });

describe("the admin endpoints", () => {
  it("say that they are there", async () => {
    expect(await ask("GET", "/_sim/health")).toEqual({ status: 200, body: { status: "ok" } });
  });

  it("name what they do not have", async () => {
    expect(await ask("GET", "/_sim/nothing")).toMatchObject({ status: 404, body: message(/no GET \/_sim\/nothing/) });
  });

  it("leave everything else to AWS, which wants a signature", async () => {
    const answer = await fetch(aws.url);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  it.each([
    ["a body that is no JSON", "{"],
    ["a body without its fields", "{}"],
    ["a malformed account number", '{"account":"12345"}'],
  ])("refuse %s", async (_what, body) => {
    const answer = await fetch(`${aws.url}/_sim/roles`, { method: "POST", body });
    expect(answer.status).toBe(400);
  });

  it("refuse a role in an account that is not there", async () => {
    const answer = await ask("POST", "/_sim/roles", { account: "999999999999" });
    expect(answer).toMatchObject({ status: 404, body: message(/999999999999 is not simulated/) });
  });
});

describe("faults", () => {
  it("are listed, taken away one by one, and gone after a reset", async () => {
    const { body: first } = await ask("POST", "/_sim/faults", { kind: "throttle", service: "ec2" });
    await ask("POST", "/_sim/faults", { kind: "latency", times: 3, latencyMs: 10 });
    expect((await ask("GET", "/_sim/faults")).body).toMatchObject([{ kind: "throttle" }, { kind: "latency", left: 3 }]);
    expect((await ask("DELETE", `/_sim/faults/${String(first.id)}`)).status).toBe(200);
    expect((await ask("DELETE", `/_sim/faults/${String(first.id)}`)).status).toBe(404);
    await ask("POST", "/_sim/reset");
    expect((await ask("GET", "/_sim/faults")).body).toEqual([]);
  });

  it("are refused for a service that no call can be for", async () => {
    const answer = await ask("POST", "/_sim/faults", { kind: "throttle", service: "elbv2" });
    expect(answer).toMatchObject({ status: 400, body: message(/elbv2 is not simulated.*elasticloadbalancing/) });
  });
});

describe("the world", () => {
  const total = async () => {
    const { accounts } = (await ask("GET", "/_sim/truth")).body as { accounts: { account: string; total: number }[] };
    return accounts.find((one) => one.account === account)?.total;
  };

  it("is as it was at the start after a reset", async () => {
    const atFirst = (await ask("GET", "/_sim/truth")).body;
    const bucket = anyBucket();
    const before = (await total())!;
    const mutation = {
      account,
      region: bucket.region,
      type: "AWS::S3::Bucket",
      nativeId: bucket.name,
      action: "delete",
    };
    expect((await ask("POST", "/_sim/mutate", mutation)).status).toBe(200);
    expect(await total()).toBe(before - 1);
    expect((await ask("POST", "/_sim/mutate", mutation)).status).toBe(404);
    await ask("POST", "/_sim/reset");
    expect((await ask("GET", "/_sim/truth")).body).toEqual(atFirst);
  });

  /** The world is the same for the same seed and day. */
  function anyBucket() {
    return demoWorld().accounts.get(account)!.buckets[0]!;
  }
});

describe("a plan", () => {
  const parameters = { ExternalId: "cg-issued", PrincipalArn: "arn:aws:iam::999900001111:root" };
  const templateUrl = () => `${aws.url}/_sim/templates/role.json`;

  it("is made from the template that lies here, and is what a role can be made of", async () => {
    await ask("PUT", "/_sim/templates/role.json", roleTemplate());
    expect((await ask("GET", "/_sim/templates/role.json")).body).toEqual(roleTemplate());
    const { body } = await ask("POST", "/_sim/plans", { account, templateUrl: templateUrl(), parameters });
    expect(body).toMatchObject({ isFromTemplate: true, plan: { account, externalId: "cg-issued" } });
    const role = await ask("POST", "/_sim/roles", body.plan);
    expect(role.body).toEqual({ roleArn: `arn:aws:iam::${account}:role/CloudGuardMonitoringRole` });
  });

  it("says which parameter is missing", async () => {
    await ask("PUT", "/_sim/templates/role.json", roleTemplate());
    const answer = await ask("POST", "/_sim/plans", { account, templateUrl: templateUrl(), parameters: {} });
    expect(answer).toMatchObject({ status: 400, body: message(/ExternalId has no value/) });
  });

  it("fetches no template from elsewhere, and says so", async () => {
    const templateUrl = "https://example.com/role.json";
    const { body } = await ask("POST", "/_sim/plans", { account, templateUrl, parameters });
    expect(body).toMatchObject({ isFromTemplate: false, plan: { externalId: "cg-issued" } });
  });
});
