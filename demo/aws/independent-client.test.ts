import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSimulatedAws } from "./server";

const check = path.join(import.meta.dirname, "independent-client-check.py");
const externalId = "independent-client";
let aws: Awaited<ReturnType<typeof startSimulatedAws>>;

beforeAll(async () => {
  // Pages this small would empty the buckets; throttles are armed one by one.
  aws = await startSimulatedAws({ limits: "off" });
  for (const [account, lacks] of [
    ["123456789012", ["rds:DescribeDBClusters"]],
    ["100000000001", []],
  ]) {
    const body = JSON.stringify({ account, externalId, lacks });
    const answer = await fetch(`${aws.url}/_sim/roles`, { method: "POST", body });
    expect(answer.status).toBe(200);
  }
});
afterAll(() => aws.close());

it("is read by botocore, which shares no code with it", async () => {
  const { status } = spawnSync("python3", ["-c", "import boto3"]);
  if (status !== 0) throw new Error("install python3-boto3");
  const child = spawn("python3", [check, aws.url, externalId]);
  const [output, complaints, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((ended) => child.once("close", ended)),
  ]);
  expect(code, output + complaints).toBe(0);
  expect(output.split("\n").filter((line) => line.startsWith("ok")).length).toBeGreaterThan(20);
}, 60_000);
