import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standInHost, standInPublishableKey } from "./clerk-mode";
import { claimsFit, tokenRules } from "./token-claims";

const issuer = "https://clerk.example.com";

describe("the rules of a token", () => {
  it("take the issuer from the publishable key, and from CLERK_DOMAIN where it is set", () => {
    const publishableKey = standInPublishableKey;
    expect(tokenRules({ publishableKey }).issuer).toBe(`https://${standInHost}`);
    for (const domain of ["clerk.example.com", "https://clerk.example.com/"])
      expect(tokenRules({ publishableKey, domain }).issuer).toBe(issuer);
    expect(tokenRules({ publishableKey, domain: "", audience: "" }).audience).toBeUndefined();
  });
});

describe("a token's claims", () => {
  it("fit where the issuer is ours and no audience is asked for", () => {
    expect(claimsFit({ iss: issuer }, { issuer, audience: undefined })).toBe(true);
    expect(claimsFit({ iss: issuer, aud: "other" }, { issuer, audience: undefined })).toBe(true);
  });

  it("do not fit from any other issuer", () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), (iss) => {
        expect(claimsFit({ iss, aud: "cloudguard" }, { issuer, audience: "cloudguard" })).toBe(false);
      }),
    );
  });

  it.each([
    ["cloudguard", true],
    [["other", "cloudguard"], true],
    ["other", false],
    [[], false],
    [undefined, false],
  ])("with the audience %j fit: %s", (aud, fits) => {
    expect(claimsFit({ iss: issuer, aud }, { issuer, audience: "cloudguard" })).toBe(fits);
  });
});
