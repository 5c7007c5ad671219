import { createHash } from "node:crypto";
import { refusal } from "./answers";
import { readClient } from "./client-cookie";
import type { DemoOrganization, DemoUser } from "./identities";
import { activeMembership } from "./organizations";
import { newId, type Signer } from "./tokens";

const YEAR_SECONDS = 31_536_000;

/**
 * The round trip that gives a page fresh cookies before it is rendered: Clerk's middleware sends the browser here when a
 * session token has expired, and reads the cookies out of the signed answer. Only to pages of our own origin.
 */
export function answerHandshake(
  request: Request,
  {
    origin,
    publishableKey,
    users,
    organizations,
    signer,
  }: {
    origin: string;
    publishableKey: string;
    users: DemoUser[];
    organizations: DemoOrganization[];
    signer: Signer;
  },
): Response {
  const asked = new URL(request.url).searchParams;
  const target = new URL(asked.get("redirect_url") ?? "/", origin);
  if (target.origin !== origin) return refusal(400, "invalid_redirect_url", "redirect_url must be on this origin.");
  const client = readClient(request, signer);
  const user = users.find(({ id }) => id === client?.session?.userId);
  const active = activeMembership(user, client?.session?.organizationId, organizations);
  const token =
    user && client?.session ? signer.sessionToken({ user, sessionId: client.session.id, active, origin }) : "";
  const suffix = cookieSuffix(publishableKey);
  const cookie = (name: string, value: string) =>
    [name, `${name}_${suffix}`].map(
      (full) => `${full}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? YEAR_SECONDS : 0}`,
    );
  const handshake = [
    ...cookie("__clerk_db_jwt", asked.get("__clerk_db_jwt") || newId("dvb")),
    ...cookie("__client_uat", token && client ? String(Math.floor(client.updatedAt / 1000)) : "0"),
    ...cookie("__session", token),
  ];
  target.searchParams.set("__clerk_handshake", signer.sign({ handshake }));
  return new Response(null, { status: 307, headers: { location: target.href, "cache-control": "no-store" } });
}

/** By which Clerk tells apart the cookies of several instances on one host. */
function cookieSuffix(publishableKey: string): string {
  return createHash("sha1")
    .update(publishableKey)
    .digest("base64")
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .slice(0, 8);
}
