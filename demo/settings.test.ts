import { describe, expect, it } from "vitest";
import { chooseWorld, localThroughout } from "./settings";

const clerk = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_abc", CLERK_SECRET_KEY: "sk_test_abc" };
const aws = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const local = { database: "local", clerk: "stand-in", aws: "simulated", region: "us-east-1" };

describe("chooseWorld", () => {
  it("is local throughout where nothing is set, and empty means not set", () => {
    expect(chooseWorld({})).toEqual(local);
    expect(chooseWorld({ DATABASE_URL: "", CLERK_SECRET_KEY: "", AWS_ACCESS_KEY_ID: "" })).toEqual(local);
  });

  it("is local throughout where it must be, whatever a person has set", () => {
    const own = { ...clerk, ...aws, DATABASE_URL: "postgresql://me@db/cloudguard", AWS_PROFILE: "audit" };
    const others = {
      AWS_SESSION_TOKEN: "t",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      CLERK_API_URL: "http://127.0.0.1:1",
    };
    const identity = { AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/x", AWS_WEB_IDENTITY_TOKEN_FILE: "/t" };
    expect(chooseWorld(localThroughout({ ...own, ...others, ...identity }))).toEqual(local);
  });

  it("replaces each part alone", () => {
    expect(chooseWorld({ DATABASE_URL: "postgresql://me@db/cloudguard" })).toEqual({ ...local, database: "given" });
    expect(chooseWorld(clerk)).toEqual({ ...local, clerk: "real" });
    expect(chooseWorld(aws)).toEqual({ ...local, aws: "real" });
    expect(chooseWorld({ AWS_PROFILE: "audit" })).toEqual({ ...local, aws: "real" });
    expect(
      chooseWorld({ AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/x", AWS_WEB_IDENTITY_TOKEN_FILE: "/t" }),
    ).toEqual({ ...local, aws: "real" });
  });

  it("takes the region from either name, the SDK's first", () => {
    expect(chooseWorld({ AWS_DEFAULT_REGION: "eu-west-1" }).region).toBe("eu-west-1");
    expect(chooseWorld({ AWS_DEFAULT_REGION: "eu-west-1", AWS_REGION: "eu-north-1" }).region).toBe("eu-north-1");
  });

  it.each([
    [{ CLERK_SECRET_KEY: "sk_test_abc" }, /CLERK_SECRET_KEY is set but NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing/],
    [{ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_abc" }, /CLERK_SECRET_KEY is missing/],
    [{ AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" }, /AWS_SECRET_ACCESS_KEY is missing/],
    [{ AWS_SECRET_ACCESS_KEY: "secret" }, /AWS_ACCESS_KEY_ID is missing/],
    [{ AWS_SESSION_TOKEN: "token" }, /AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY is missing/],
    [{ AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/x" }, /AWS_WEB_IDENTITY_TOKEN_FILE is missing/],
  ])("refuses half a configuration and names the other half: %o", (env, reason) => {
    expect(() => chooseWorld(env)).toThrow(reason);
  });

  it.each([
    [{ ...clerk, CLERK_JWT_KEY: "pem" }, /CLERK_JWT_KEY must not be set beside real Clerk keys/],
    [{ ...clerk, CLERK_API_URL: "http://127.0.0.1:1" }, /CLERK_API_URL must not be set beside real Clerk keys/],
    [{ ...clerk, CLOUDGUARD_LOCAL_AUTH: "1" }, /CLOUDGUARD_LOCAL_AUTH must not be set beside real/],
    [{ ...aws, AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, /AWS_ENDPOINT_URL must not be set beside AWS credentials/],
    [{ CLERK_JWT_KEY: "pem" }, /CLERK_JWT_KEY must not be set/],
    [{ AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, /AWS_ENDPOINT_URL must not be set/],
    [{ DATABASE_URL: "mysql://db" }, /DATABASE_URL must be postgresql:/],
  ])("refuses a mixture of two worlds with the reason: %o", (env, reason) => {
    expect(() => chooseWorld(env)).toThrow(reason);
  });
});
