import { isLoopback } from "../../server/clerk-mode";
import { json, refusal } from "./answers";
import { answerAsset } from "./assets";
import { answerServer, isBackendPath } from "./backend-api";
import { answerBrowser } from "./frontend-api";
import { answerHandshake } from "./handshake";
import type { DemoApiKey, DemoOrganization, DemoUser } from "./identities";
import { redeemTicket } from "./tickets";
import { createSigner, isSame } from "./tokens";

export interface StandInOptions {
  publishableKey: string;
  secretKey: string;
  privateKeyPem: string;
  applicationName: string;
  /** Where Clerk's browser bundles lie. */
  assetFolder: string;
  users: DemoUser[];
  organizations: DemoOrganization[];
  apiKeys: DemoApiKey[];
}

/**
 * A stand-in for Clerk, for machines without an account or a network: its Frontend API as far as its components use it,
 * and the few calls of its Backend API that servers make. Stateless: who is signed in is in the browser's sealed cookie.
 */
export function createStandIn(options: StandInOptions): (request: Request) => Promise<Response> {
  const { publishableKey, secretKey, users, organizations, apiKeys } = options;
  const signer = createSigner(options.privateKeyPem, `https://${frontendApiOf(publishableKey)}`);
  const browserWorld = {
    applicationName: options.applicationName,
    signer,
    users,
    organizations,
    redeem: (ticket: string | null) => redeemTicket(ticket, users, signer),
  };

  return async (request) => {
    const url = new URL(request.url);
    const path = decodeURIComponent(url.pathname.slice(1));
    const method = url.searchParams.get("_method") ?? request.method;
    // Browsers never come here themselves: Clerk's own proxy in the middleware brings their calls, with the secret key and
    // the origin that the browser shows. Servers send the key as a bearer.
    const isServer = isSame(request.headers.get("authorization"), `Bearer ${secretKey}`);
    if (!isServer && !isSame(request.headers.get("clerk-secret-key"), secretKey))
      return refusal(
        401,
        "authentication_invalid",
        "The local stand-in answers only the application that it was started with.",
      );
    const origin = shownOrigin(request);
    if (!isServer && !isLoopback(new URL(origin).hostname))
      return refusal(421, "local_only", "The local stand-in serves this machine alone.");

    if (path.startsWith("npm/")) return answerAsset(path, options.assetFolder);
    if (path === "v1/.well-known/jwks.json" || path === ".well-known/jwks.json") return json(signer.jwks());
    if (isBackendPath(path)) {
      if (!isServer) return refusal(401, "authentication_invalid", "The secret key is missing or wrong.");
      return answerServer(request, { path, method }, { signer, users, apiKeys });
    }
    if (path === "v1/client/handshake")
      return answerHandshake(request, { origin, publishableKey, users, organizations, signer });
    return answerBrowser(request, { path, method, origin }, browserWorld);
  };
}

/** A publishable key is its prefix and the Frontend API's host name in base64, ended by a dollar sign. */
function frontendApiOf(publishableKey: string): string {
  return Buffer.from(publishableKey.split("_")[2] ?? "", "base64")
    .toString("utf8")
    .replace(/\$$/, "");
}

/** The origin in the browser's address bar, as the proxy tells it. */
function shownOrigin(request: Request): string {
  const url = new URL(request.url);
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0] ?? url.protocol.replace(":", "");
  return `${protocol}://${request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? url.host}`;
}
