import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallScope } from "./call-scope";
import { clientFor } from "./clients";
import { toFailure } from "./to-failure";

/** What the server does with the next requests, in order; afterwards it answers. */
const script: ((response: ServerResponse) => void)[] = [];
const seen: IncomingMessage[] = [];
const answer =
  "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>";

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    seen.push(request);
    const act = script.shift();
    if (act) act(response);
    else setTimeout(() => response.end(answer), 1);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL;
  server.closeAllConnections();
  server.close();
});

let accounts = 0;
function scope(more: Partial<CallScope> = {}): CallScope {
  const awsAccountId = String(800000000000 + accounts++);
  const identity = { accessKeyId: `ASIA${awsAccountId}`, secretAccessKey: "x", sessionToken: `token-${awsAccountId}` };
  const credentials = { get: async () => identity, expired: () => undefined };
  return { awsAccountId, region: "eu-west-1", priority: 0, credentials, ...more };
}

async function regionsOf(scope: CallScope): Promise<unknown> {
  const client = await clientFor("ec2", scope);
  return (await client.send(new DescribeRegionsCommand({}))).Regions;
}

describe("a shared client", () => {
  it("signs each call for the account and the region that it is made for, however they interleave", async () => {
    seen.length = 0;
    const regions = ["eu-west-1", "us-east-2", "ap-south-1"];
    const scopes = Array.from({ length: 60 }, (_, i) => scope({ region: regions[i % 3]! }));
    await Promise.all(scopes.map(regionsOf));
    const signed = seen.map(({ headers }) => {
      const [, key, region] = /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(headers.authorization ?? "") ?? [];
      return [key, region, headers["x-amz-security-token"]].join(" ");
    });
    const expected = scopes.map(({ awsAccountId, region }) => `ASIA${awsAccountId} ${region} token-${awsAccountId}`);
    expect(signed.sort()).toEqual(expected.sort());
  });

  it.each([
    ["a reset connection", (response: ServerResponse) => response.socket!.resetAndDestroy()],
    [
      "an answer cut short by its length",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": String(answer.length) });
        response.write(answer.slice(0, 60), () => response.socket!.destroy());
      },
    ],
    ["an answer cut short within its text", (response: ServerResponse) => response.end(answer.slice(0, 60))],
    ["a server error that is no XML", (response: ServerResponse) => response.writeHead(502).end("Bad gateway")],
  ])("repeats the call after %s", async (_name, fault) => {
    script.push(fault);
    seen.length = 0;
    await expect(regionsOf(scope())).resolves.toEqual([{ RegionName: "eu-west-1" }]);
    expect(seen).toHaveLength(2);
  });

  it("says unavailable when nothing listens", async () => {
    const where = process.env.AWS_ENDPOINT_URL;
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:9";
    const error = await regionsOf(scope({ region: "eu-north-1" })).catch((thrown: unknown) => thrown);
    process.env.AWS_ENDPOINT_URL = where;
    expect(toFailure(error)).toMatchObject({ kind: "unavailable", code: "ECONNREFUSED" });
  });

  it("hangs up when the call is cancelled", async () => {
    const cancel = new AbortController();
    const closed = new Promise<void>((resolve) => {
      script.push((response) => {
        response.once("close", resolve);
        cancel.abort(new Error("cancelled"));
      });
    });
    await expect(regionsOf(scope({ signal: cancel.signal }))).rejects.toThrow();
    await closed;
  });
});
