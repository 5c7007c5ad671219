import { describe, expect, it } from "vitest";
import { barePolicy, newNonce, pagePolicy } from "./content-security-policy";

const page = {
  nonce: "abc",
  publishableKey: `pk_live_${btoa("clerk.example.com$")}`,
  isDevelopment: false,
  isHttps: true,
};
const scripts = (policy: string) => policy.split("; ").find((directive) => directive.startsWith("script-src"))!;

describe("pagePolicy", () => {
  it("lets scripts run by the nonce alone", () => {
    expect(scripts(pagePolicy(page))).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  });

  it("lets code be evaluated in development only", () => {
    expect(scripts(pagePolicy({ ...page, isDevelopment: true }))).toContain("'unsafe-eval'");
    expect(pagePolicy(page)).not.toMatch(/unsafe-eval|ws:/);
  });

  it("reaches Clerk by the host in its key", () => {
    expect(pagePolicy(page)).toContain("connect-src 'self' https://clerk.example.com;");
  });

  it("upgrades requests only where the page came by https", () => {
    expect(pagePolicy(page)).toContain("upgrade-insecure-requests");
    expect(pagePolicy({ ...page, isHttps: false })).not.toContain("upgrade-insecure-requests");
  });
});

it("frames nothing and is framed by nobody", () => {
  for (const policy of [pagePolicy(page), barePolicy]) expect(policy).toContain("frame-ancestors 'none'");
});

it("makes another nonce each time", () => {
  const made = new Set(Array.from({ length: 1000 }, newNonce));
  expect(made.size).toBe(1000);
  for (const nonce of made) expect(nonce).toMatch(/^[\w+/]{22}==$/);
});
