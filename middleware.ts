import { clerkMiddleware } from "@clerk/nextjs/server";
import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server";
import { bringsToken } from "./server/brings-token";
import { clerkMode, isLoopback, type ClerkMode } from "./server/clerk-mode";
import { barePolicy, newNonce, pagePolicy } from "./server/content-security-policy";
import { allowedOrigins } from "./server/allowed-origins";
import { ownOrigins, shownOrigin } from "./server/own-origin";
import { unknownMethod } from "./server/rest/unknown-method";

/** Every answer leaves with a content security policy: a page's with its own nonce, any other's allows nothing. */
export default async function middleware(request: NextRequest, event: NextFetchEvent) {
  const answer =
    unknownMethod(request.method) ??
    (hasNoSession(request) ? NextResponse.next() : ((await withSession(request, event)) ?? NextResponse.next()));
  if (!answer.headers.has(CSP)) answer.headers.set(CSP, barePolicy);
  return answer;
}

/**
 * Verifies the session once for all that follows and sends visitors of pages to the sign-in. Never the only guard: every
 * page, procedure and route asks for the session again. `/api/*` is never redirected, its doors answer 401 themselves.
 */
const withSession = clerkMiddleware(
  async (auth, request) => {
    if (currentMode().isLocal && !isLoopback(hostnameOf(request)))
      return new NextResponse("The local sign-in only serves this machine: open http://localhost.\n", { status: 421 });
    const { pathname } = request.nextUrl;
    if (isApi(pathname)) return undefined;
    if (isPublicPage(pathname)) return page(request);
    const { userId } = await auth();
    return userId ? page(request) : NextResponse.redirect(signInUrl(request));
  },
  (request) => {
    const { isLocal, jwtKey } = currentMode();
    return {
      jwtKey,
      // A token made for another site of the same Clerk instance is not for us, unless that site may call us.
      authorizedParties: [
        ...originsOf(request),
        ...allowedOrigins(process.env.ALLOWED_ORIGINS).filter((origin) => origin !== "*"),
      ],
      frontendApiProxy: { enabled: (url: URL) => isLocal && isLoopback(url.hostname) },
    };
  },
);

/** All but the build's own files. Never by how an address ends: `/accounts/x.png` is a page too. */
export const config = { matcher: ["/((?!_next/static/|icon\\.svg$|favicon\\.ico$).*)"] };

function currentMode(): ClerkMode {
  // Named one by one: the Edge build puts only settings in place that it sees by name.
  return clerkMode({
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: process.env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
    CLERK_SECRET_KEY: process.env.CLERK_SECRET_KEY,
    CLERK_JWT_KEY: process.env.CLERK_JWT_KEY,
    CLERK_FAPI_URL: process.env.CLERK_FAPI_URL,
    CLERK_API_URL: process.env.CLERK_API_URL,
    CLERK_LOCAL_PRIVATE_KEY: process.env.CLERK_LOCAL_PRIVATE_KEY,
    CLOUDGUARD_LOCAL_AUTH: process.env.CLOUDGUARD_LOCAL_AUTH,
  });
}

const CSP = "content-security-policy";

/** Next.js and our layout read the nonce from the request, and mark their own scripts with it. */
function page(request: NextRequest): NextResponse {
  const nonce = newNonce();
  const policy = pagePolicy({
    nonce,
    publishableKey: currentMode().publishableKey,
    isDevelopment: process.env.NODE_ENV === "development",
    isHttps: originsOf(request)[0].startsWith("https:"),
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(CSP, policy);
  const answer = NextResponse.next({ request: { headers } });
  answer.headers.set(CSP, policy);
  return answer;
}

function isApi(pathname: string): boolean {
  return /^\/(api|trpc|__clerk|health)(\/|$)/.test(pathname);
}

/** Programs send a token of their own. Where there is none, Clerk would send a browser on a detour for one; they get their 401. */
function hasNoSession(request: NextRequest): boolean {
  return /^\/(health|api\/(?!trpc))/.test(request.nextUrl.pathname) && !bringsToken(request.headers);
}

/** Our addresses; the first is where whoever asks has opened us. */
function originsOf(request: NextRequest): [string, ...string[]] {
  return ownOrigins(request.headers, { appUrl: process.env.APP_URL, isLocal: currentMode().isLocal });
}

function isPublicPage(pathname: string): boolean {
  return /^\/(sign-in|api-reference)(\/|$)/.test(pathname);
}

function signInUrl(request: NextRequest): URL {
  const [origin] = originsOf(request);
  const target = new URL("/sign-in", origin);
  target.searchParams.set("redirect_url", new URL(request.nextUrl.pathname + request.nextUrl.search, origin).href);
  return target;
}

const hostnameOf = (request: NextRequest) => new URL(shownOrigin(request.headers)).hostname;
