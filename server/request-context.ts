import { headers } from "next/headers";
import { identify, type Identity } from "./auth";
import { bringsToken } from "./brings-token";
import { isStandIn } from "./clerk-mode";
import { clientAddress } from "./client-address";
import { newRequestId, type Sender } from "./context";
import { env } from "./env";
import { ownOrigins } from "./own-origin";
import { rateLimitHeaders, spend, spendAsStranger, tooMany, type Drawn } from "./rate-limit";

/** What every procedure has of its request. */
export interface TrpcContext {
  requestId: string;
  identity: Identity | null;
  sender: RequestSender;
  answer: Answer;
  /** The caller's W3C trace, where it sent one. */
  traceparent?: string;
}

interface RequestSender extends Sender {
  /** By a cookie, which browsers send along unasked, and not by a token of its own. */
  hasCookieOnly: boolean;
  isFromOurPage: boolean;
}

interface Answer {
  /** What procedures leave for the door to send along. */
  headers: Headers;
  /** The request's draw on the general allowance, once begun. */
  general?: Promise<Drawn>;
  /** The same where nobody is signed in; null where it could not be drawn. */
  stranger?: Promise<Drawn | null>;
}

/** The context of the request that is being answered, from its session and headers. */
export async function createContext(): Promise<TrpcContext> {
  return contextFor(await identify(), await headers());
}

export function contextFor(identity: Identity | null, given: Headers): TrpcContext {
  const { APP_URL, CLIENT_ADDRESS_HEADER, TRUSTED_PROXIES } = env();
  const isLocal = isStandIn(process.env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY);
  const requestId = newRequestId();
  return {
    requestId,
    identity,
    sender: {
      address: clientAddress(given, { header: CLIENT_ADDRESS_HEADER, trustedProxies: TRUSTED_PROXIES }),
      email: null,
      userAgent: given.get("user-agent")?.slice(0, 300) ?? null,
      hasCookieOnly: !bringsToken(given),
      isFromOurPage: ownOrigins(given, { appUrl: APP_URL, isLocal }).includes(given.get("origin") ?? ""),
    },
    answer: { headers: new Headers({ "X-Request-Id": requestId }) },
    traceparent: given.get("traceparent") ?? undefined,
  };
}

/**
 * Draws on the allowances of whoever asks and leaves the headers that say so: once on the general one, however many procedures
 * the request calls, and on the smaller one for each that `costs`. Throws TOO_MANY_REQUESTS.
 */
export async function drawAllowance(
  { identity, sender, answer }: TrpcContext,
  { costs }: { costs: boolean },
): Promise<void> {
  if (!identity) return;
  const spender = { clerkUserId: identity.clerkUserId, tenantId: identity.tenantId, address: sender.address };
  const general = await (answer.general ??= spend("requests", spender));
  orRefuse(answer, costs && !general.isExceeded ? await spend("costly", spender) : general);
}

/** Draws on the allowance of whoever is not signed in, by address, once a request. Throws TOO_MANY_REQUESTS. */
export async function drawAsStranger({ sender, answer }: TrpcContext): Promise<void> {
  if (sender.address === null) return;
  const drawn = await (answer.stranger ??= spendAsStranger(sender.address));
  if (drawn) orRefuse(answer, drawn);
}

/**
 * An answer of a door that opens to a bearer of the operator's alone: whoever is refused there is counted as every stranger at their
 * address is, so that guessing ends. Throws TOO_MANY_REQUESTS.
 */
export async function countRefusal(request: Request, answer: Response): Promise<Response> {
  if (answer.status === 401) await drawAsStranger(contextFor(null, request.headers));
  return answer;
}

/** Leaves the headers that say what is left. Throws where nothing was. */
function orRefuse(answer: Answer, drawn: Drawn): void {
  for (const [name, value] of Object.entries(rateLimitHeaders(drawn))) answer.headers.set(name, value);
  if (!drawn.isExceeded) return;
  answer.headers.set("Retry-After", String(drawn.resetSeconds));
  throw tooMany(drawn);
}
