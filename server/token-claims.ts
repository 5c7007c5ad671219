/** Pure: what CloudGuard asks of a session token beyond what Clerk's own check does. */

export interface TokenRules {
  /** `https://` and the name of the Clerk instance: a token of another instance is not for us. */
  issuer: string;
  /** Asked for where it is set: Clerk puts it into tokens that a template or the session's claims give an `aud`. */
  audience: string | undefined;
}

/** Whether a verified token was made by our instance and, where an audience is set, for us. */
export function claimsFit(claims: { iss?: string; aud?: unknown }, { issuer, audience }: TokenRules): boolean {
  if (claims.iss !== issuer) return false;
  return audience === undefined || [claims.aud].flat().includes(audience);
}

/**
 * The rules of these settings. The issuer is CLERK_DOMAIN, else the name that the publishable key holds
 * (`pk_test_` and base64 of `name$`, https://clerk.com/docs/guides/how-clerk-works/overview).
 */
export function tokenRules(settings: { publishableKey: string; domain?: string; audience?: string }): TokenRules {
  const named = settings.domain?.replace(/^https?:\/\//, "").replace(/\/+$/, "");
  return { issuer: `https://${named || nameIn(settings.publishableKey)}`, audience: settings.audience || undefined };
}

function nameIn(publishableKey: string): string {
  return atob(publishableKey.split("_")[2] ?? "").replace(/\$$/, "");
}
