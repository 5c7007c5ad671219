import { describe, expect, it } from "vitest";
import { clerkMode, isLoopback, standInPublishableKey } from "./clerk-mode";

const real = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", CLERK_SECRET_KEY: "sk_live_abc" };
const local = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: standInPublishableKey,
  CLERK_SECRET_KEY: "sk_test_0123",
  CLERK_JWT_KEY: "-----BEGIN PUBLIC KEY-----",
  CLERK_FAPI_URL: "http://127.0.0.1:4101",
  CLERK_API_URL: "http://127.0.0.1:4101",
  CLOUDGUARD_LOCAL_AUTH: "1",
};

describe("clerkMode", () => {
  it("is real Clerk with a pair of real keys, and leaves the token key to Clerk", () => {
    expect(clerkMode(real)).toEqual({
      isLocal: false,
      publishableKey: real.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
      jwtKey: undefined,
    });
  });

  it("is the stand-in with all of its settings", () => {
    expect(clerkMode(local)).toMatchObject({ isLocal: true, jwtKey: local.CLERK_JWT_KEY });
  });

  it("refuses to serve with no keys at all", () => {
    expect(() => clerkMode({})).toThrow(/NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are missing/);
  });

  it.each(["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"])(
    "refuses half a pair of keys and names %s",
    (name) => {
      expect(() => clerkMode({ ...real, [name]: undefined })).toThrow(`${name} is missing`);
    },
  );

  it.each(["CLOUDGUARD_LOCAL_AUTH", "CLERK_FAPI_URL", "CLERK_API_URL", "CLERK_LOCAL_PRIVATE_KEY"])(
    "refuses %s beside real keys",
    (name) => {
      expect(() => clerkMode({ ...real, [name]: "1" })).toThrow(`${name} must not be set beside real Clerk keys`);
    },
  );

  it("refuses a token key beside real keys, since the stand-in's would open every door", () => {
    expect(() => clerkMode({ ...real, CLERK_JWT_KEY: local.CLERK_JWT_KEY })).toThrow(/CLERK_JWT_KEY must not be set/);
  });

  it("refuses the stand-in's publishable key where local sign-in was not asked for", () => {
    expect(() => clerkMode({ ...local, CLOUDGUARD_LOCAL_AUTH: undefined })).toThrow(
      /CLOUDGUARD_LOCAL_AUTH=1 is not set/,
    );
  });

  it("refuses a live secret key beside the stand-in's publishable key", () => {
    expect(() => clerkMode({ ...local, CLERK_SECRET_KEY: "sk_live_abc" })).toThrow(/real Clerk key/);
  });

  it("refuses a stand-in that is not on this machine", () => {
    expect(() => clerkMode({ ...local, CLERK_API_URL: "https://clerk.example.com" })).toThrow(/CLERK_API_URL must be/);
  });
});

describe("isLoopback", () => {
  it.each(["localhost", "127.0.0.1", "[::1]"])("takes %s", (host) => expect(isLoopback(host)).toBe(true));
  it.each(["localhost.example.com", "127.0.0.1.nip.io", "0.0.0.0", "10.0.0.1", ""])("refuses %s", (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});
