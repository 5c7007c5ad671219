import { expect, it } from "vitest";
import { readEnv } from "./env";

const whole = { DATABASE_URL: "postgresql://db/cloudguard", APP_URL: "https://cloudguard.example.com" };

it("are refused in one sentence that names each one that is missing or wrong", () => {
  expect(() => readEnv({ DATABASE_URL: "", APP_URL: "cloudguard", WORKER: "on" })).toThrow(
    /^CloudGuard's settings are incomplete: DATABASE_URL is missing; APP_URL Invalid URL\. See \.env\.example\.$/,
  );
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
