import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clerkMode } from "../server/clerk-mode";
import { appEnv } from "./app-env";
import { localSecrets } from "./local-secrets";
import { chooseWorld } from "./settings";

const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
const secrets = localSecrets(folder);
const at = {
  app: "http://localhost:3000",
  clerk: "http://127.0.0.1:4101",
  aws: "http://127.0.0.1:4102",
  databaseUrl: "postgresql://cloudguard@127.0.0.1:5999/cloudguard",
};
const envFor = (given: Record<string, string>) => appEnv(given, chooseWorld(given), secrets, at);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("appEnv", () => {
  it("gives the application settings that it takes for the stand-in's", () => {
    const env = envFor({});
    expect(clerkMode(env)).toMatchObject({ isLocal: true });
    expect(env).toMatchObject({
      DATABASE_URL: at.databaseUrl,
      AWS_ENDPOINT_URL: at.aws,
      AWS_REGION: "us-east-1",
      APP_URL: at.app,
      CLOUDGUARD_LOCAL_AUTH: "1",
    });
  });

  it("keeps nothing of the stand-in beside real Clerk keys", () => {
    const env = envFor({ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_abc", CLERK_SECRET_KEY: "sk_test_abc" });
    expect(clerkMode(env)).toMatchObject({ isLocal: false, publishableKey: "pk_test_abc" });
  });

  it("sends real AWS credentials to no stand-in", () => {
    const env = envFor({
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_DEFAULT_REGION: "eu-west-1",
    });
    expect(env.AWS_ENDPOINT_URL).toBeUndefined();
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_REGION: "eu-west-1" });
  });
});

describe("localSecrets", () => {
  it("stay the same for a clone and differ between two", () => {
    expect(localSecrets(folder)).toEqual(secrets);
    const other = path.join(folder, "other");
    expect(localSecrets(other).cronSecret).not.toBe(secrets.cronSecret);
  });
});
