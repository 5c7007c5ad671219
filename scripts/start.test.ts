import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const nothing = {
  DATABASE_URL: "",
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "",
  CLERK_SECRET_KEY: "",
  APP_URL: "",
  AWS_REGION: "",
  AWS_DEFAULT_REGION: "",
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
};

function start(settings: Record<string, string>) {
  return spawnSync(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...nothing, ...settings },
    encoding: "utf8",
  });
}

describe("npm start", () => {
  it("does not start without its settings and names all that are missing", () => {
    const { status, stderr } = start({});
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Missing: DATABASE_URL, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY, APP_URL, AWS_REGION.",
    );
  });

  it("names half a pair of AWS keys", () => {
    const { status, stderr } = start({
      DATABASE_URL: "postgresql://db",
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk",
      CLERK_SECRET_KEY: "sk",
      APP_URL: "https://cloudguard.example.com",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("Missing: AWS_SECRET_ACCESS_KEY.");
  });
});
