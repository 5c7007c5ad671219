import { expect, it } from "vitest";
import { readEnv } from "./env";

const whole = { DATABASE_URL: "postgresql://db/cloudguard", APP_URL: "https://cloudguard.example.com" };

it("are refused in one sentence that names each one that is missing or wrong", () => {
  expect(() => readEnv({ DATABASE_URL: "", APP_URL: "cloudguard", WORKER: "on" })).toThrow(
    /^CloudGuard's settings are incomplete: DATABASE_URL is missing; APP_URL must be an address such as https:\/\/cloudguard\.example\.com\. See \.env\.example\.$/,
  );
});

it.each([
  [{ DATABASE_URL: "postgresql://me:p#w@db/cloudguard" }, "DATABASE_URL must be postgresql://user:password@host"],
  [{ WORKER_PORT: "http" }, "WORKER_PORT must be a whole number from 1 to 65535"],
  [{ AWS_CONCURRENCY: "1.5" }, "AWS_CONCURRENCY must be a whole number from 1 to 1000"],
  [{ RATE_LIMIT_SHARED_FACTOR: "0" }, "RATE_LIMIT_SHARED_FACTOR must be a whole number of at least 1"],
  [{ WORKER: "yes" }, "WORKER must be on or off"],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn"],
])("are refused with a sentence that says what is right: %o", (wrong, told) => {
  expect(() => readEnv({ ...whole, ...wrong })).toThrow(told);
});

it("are refused with half a pair of AWS keys, which the SDK would pass over for whatever identity it finds next", () => {
  expect(() => readEnv({ ...whole, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" })).toThrow(
    "AWS_SECRET_ACCESS_KEY is missing beside AWS_ACCESS_KEY_ID",
  );
  expect(() => readEnv({ ...whole, AWS_SECRET_ACCESS_KEY: "secret", AWS_ACCESS_KEY_ID: "" })).toThrow(
    "AWS_ACCESS_KEY_ID is missing beside AWS_SECRET_ACCESS_KEY",
  );
  for (const keys of [{}, { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" }])
    expect(readEnv({ ...whole, ...keys })).toMatchObject(whole);
});
