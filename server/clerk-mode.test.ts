import { describe, expect, it } from "vitest";
import { clerkMode, isLoopback } from "./clerk-mode";

const local = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_" + btoa("clerk.cloudguard.invalid$").replace(/=+$/, ""),
  CLERK_SECRET_KEY: "sk_test_x",
  CLERK_JWT_KEY: "pem",
  CLOUDGUARD_LOCAL_AUTH: "1",
};
const real = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_live_abc", CLERK_SECRET_KEY: "sk_live_abc" };

describe("clerkMode", () => {
  it("knows the stand-in by its publishable key", () => expect(clerkMode(local)).toEqual({ isLocal: true, jwtKey: "pem" }));
  it("knows real keys", () => expect(clerkMode(real)).toEqual({ isLocal: false, jwtKey: undefined }));
  it("refuses the stand-in's key without its switch", () => expect(() => clerkMode({ ...local, CLOUDGUARD_LOCAL_AUTH: undefined })).toThrow(/CLOUDGUARD_LOCAL_AUTH=1/));
  it.each(["CLERK_FAPI_URL", "CLERK_API_URL", "CLERK_JWT_KEY", "CLOUDGUARD_LOCAL_AUTH"])("refuses %s beside real keys", (name) =>
    expect(() => clerkMode({ ...real, [name]: "1" })).toThrow(name),
  );
  it("refuses half a pair of keys and names the other half", () => {
    expect(() => clerkMode({ ...real, CLERK_SECRET_KEY: undefined })).toThrow(/CLERK_SECRET_KEY is missing/);
    expect(() => clerkMode({ CLERK_SECRET_KEY: "sk" })).toThrow(/PUBLISHABLE_KEY is missing/);
  });
});

describe("isLoopback", () => {
  it("takes this machine and nobody else", () => {
    expect(["localhost", "127.0.0.1", "[::1]"].every(isLoopback)).toBe(true);
    expect(["example.com", "localhost.example.com", "10.0.0.1"].some(isLoopback)).toBe(false);
  });
});
