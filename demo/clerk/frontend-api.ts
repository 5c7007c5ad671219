import { json, refusal } from "./answers";
import { clientCookie, readClient, type Client, type SignIn } from "./client-cookie";
import { environment } from "./environment";
import type { DemoOrganization, DemoUser } from "./identities";
import { activeMembership, answerOrganizations, membershipJson, membershipsOf } from "./organizations";
import { clientJson, sessionJson, signInJson, userJson } from "./resources";
import { isSame, newId, type Signer } from "./tokens";

export interface FrontendWorld {
  applicationName: string;
  signer: Signer;
  users: DemoUser[];
  organizations: DemoOrganization[];
  /** The user of a sign-in ticket that is still good. */
  redeem(ticket: string | null): DemoUser | undefined;
}

interface Visit {
  path: string;
  method: string;
  /** Whom tokens are for: the origin that the browser shows. */
  origin: string;
  form: URLSearchParams;
}

/** What Clerk's scripts in the browser ask: who is signed in, sign in, sign out, another token. */
export async function answerBrowser(
  request: Request,
  { path, method, origin }: Omit<Visit, "form">,
  world: FrontendWorld,
): Promise<Response> {
  if (path === "v1/environment") return json(environment(world.applicationName));
  if (path === "v1/dev_browser") return json({ object: "dev_browser", id: newId("dvb") });
  // A page of another origin can make a browser send a form, never with our origin.
  if (request.method === "POST" && request.headers.get("origin") !== origin)
    return refusal(403, "origin_invalid", "This request comes from another origin.");
  const form = new URLSearchParams(request.method === "POST" ? await request.text() : "");
  const now = Date.now();
  const client: Client = readClient(request, world.signer) ?? { id: newId("client"), createdAt: now, updatedAt: now };
  return converse(client, { path, method, origin, form }, world);
}

function converse(
  client: Client,
  { path, method, origin, form }: Visit,
  { signer, users, organizations, redeem }: FrontendWorld,
): Response {
  const byId = (id: string | undefined) => users.find((user) => user.id === id);
  const user = byId(client.session?.userId);
  const tokenOf = (person: DemoUser, session: { id: string; organizationId?: string }) =>
    signer.sessionToken({
      user: person,
      sessionId: session.id,
      active: activeMembership(person, session.organizationId, organizations),
      origin,
    });
  const token = () => (user && client.session ? tokenOf(user, client.session) : null);
  const joined = (person: DemoUser) => ({ memberships: membershipsOf(person, organizations).map(membershipJson) });
  const whole = () => {
    const present = byId(client.session?.userId);
    const session =
      present && client.session
        ? sessionJson(client, present, tokenOf(present, client.session), joined(present))
        : null;
    return clientJson(client, session, client.signIn ? signInJson(client.signIn, byId(client.signIn.userId)) : null);
  };
  const reply = (response: unknown) => json({ response, client: whole() }, { cookie: clientCookie(client, signer) });

  function signIn(as: DemoUser, ended: SignIn): Response {
    const now = Date.now();
    client.session = { id: newId("sess"), userId: as.id, createdAt: now };
    client.updatedAt = now;
    client.signIn = undefined;
    return reply(signInJson(ended, as, client.session.id));
  }

  function signOut(response: unknown): Response {
    client.session = undefined;
    client.updatedAt = Date.now();
    return reply(response);
  }

  function tryPassword(as: DemoUser | undefined, started: SignIn): Response {
    if (as && isSame(form.get("password"), as.password)) return signIn(as, started);
    return refusal(422, "form_password_incorrect", "Password is incorrect. Try again.", "password");
  }

  function beginSignIn(): Response {
    if (form.get("strategy") === "ticket") {
      const invited = redeem(form.get("ticket"));
      if (!invited) return refusal(400, "ticket_invalid_code", "This sign-in ticket is not valid.", "ticket");
      return signIn(invited, { id: newId("sia"), identifier: invited.email, userId: invited.id });
    }
    const identifier = form.get("identifier") ?? "";
    const known = users.find(({ email }) => email.toLowerCase() === identifier.trim().toLowerCase());
    if (identifier && !known)
      return refusal(422, "form_identifier_not_found", "Couldn't find your account.", "identifier");
    client.signIn = { id: newId("sia"), identifier, userId: known?.id };
    return form.has("password") ? tryPassword(known, client.signIn) : reply(signInJson(client.signIn, known));
  }

  if (path === "v1/client") {
    if (method === "DELETE") return signOut(null);
    return json({ response: whole(), client: null }, { cookie: clientCookie(client, signer) });
  }
  if (path === "v1/client/sessions" && method === "DELETE") {
    client.session = undefined;
    client.updatedAt = Date.now();
    return reply(whole());
  }
  if (path === "v1/client/sign_ins" && method === "POST") return beginSignIn();

  const [, signInId, step] = /^v1\/client\/sign_ins\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (signInId && client.signIn?.id === signInId) {
    const as = byId(client.signIn.userId);
    return step === "attempt_first_factor" ? tryPassword(as, client.signIn) : reply(signInJson(client.signIn, as));
  }

  const [, sessionId, verb] = /^v1\/client\/sessions\/(\w+)(?:\/(\w+))?/.exec(path) ?? [];
  if (sessionId) {
    if (!user || sessionId !== client.session?.id)
      return refusal(401, "authentication_invalid", "This session is not this browser's.");
    if (verb === "tokens") return json({ object: "token", jwt: token() });
    if (verb === "end" || verb === "remove")
      return signOut(sessionJson(client, user, null, { status: verb === "end" ? "ended" : "removed" }));
    if (verb === "touch" && form.has("active_organization_id"))
      client.session.organizationId = activeMembership(
        user,
        form.get("active_organization_id") ?? undefined,
        organizations,
      )?.organization.id;
    return reply(sessionJson(client, user, token(), joined(user)));
  }
  if (path === "v1/me" && user) return reply(userJson(user, joined(user).memberships));
  if (path === "v1/me/sessions/active" && user) {
    const latest_activity = {
      object: "session_activity",
      id: "sact_local",
      is_mobile: false,
      browser_name: "Local",
      device_type: "this browser",
    };
    return json([{ ...sessionJson(client, user, token()), latest_activity }]);
  }
  const aboutOrganizations = user && answerOrganizations({ path, method }, user, { users, organizations });
  if (aboutOrganizations) return aboutOrganizations;
  return refusal(404, "resource_not_found", `The local stand-in has no ${method} ${path}.`);
}
