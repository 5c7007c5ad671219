import { clerkMiddleware } from "@clerk/nextjs/server";
import { NextResponse, type NextRequest } from "next/server";
import { clerkMode, isLoopback, type ClerkMode } from "./server/clerk-mode";

/**
 * Verifies the session once for all that follows and sends visitors of pages to the sign-in. Never the only guard: every
 * page, procedure and route asks for the session again. `/api/*` is never redirected, its doors answer 401 themselves.
 */
export default clerkMiddleware(
  async (auth, request) => {
    if (currentMode().isLocal && !isLoopback(hostnameOf(request)))
      return new NextResponse("The local sign-in only serves this machine: open http://localhost.\n", { status: 421 });
    if (isPublic(request.nextUrl.pathname)) return undefined;
    const { userId } = await auth();
    if (userId) return undefined;
    return NextResponse.redirect(signInUrl(request));
  },
  (request) => {
    const { isLocal, jwtKey } = currentMode();
    return {
      jwtKey,
      // A token made for another site of the same Clerk instance is not for us.
      authorizedParties: authorizedParties(request),
      frontendApiProxy: { enabled: (url: URL) => isLocal && isLoopback(url.hostname) },
    };
  },
);

export const config = {
  matcher: [
    "/((?!_next|__clerk|[^?]*\\.(?:html?|css|js(?!on)|jpe?g|webp|png|gif|svg|ttf|woff2?|ico|csv|docx?|xlsx?|zip|webmanifest)).*)",
    "/(api|trpc|__clerk)(.*)",
  ],
};

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

function isPublic(pathname: string): boolean {
  return /^\/(api|trpc|__clerk|sign-in|health)(\/|$)/.test(pathname);
}

function signInUrl(request: NextRequest): URL {
  const origin = originOf(request);
  const target = new URL("/sign-in", origin);
  target.searchParams.set("redirect_url", new URL(request.nextUrl.pathname + request.nextUrl.search, origin).href);
  return target;
}

/** The address that people open: APP_URL where it is set, and on this machine every name of it. */
function authorizedParties(request: NextRequest): string[] {
  const configured = process.env.APP_URL;
  return configured
    ? [new URL(configured).origin, ...(isLoopback(hostnameOf(request)) ? [originOf(request)] : [])]
    : [originOf(request)];
}

function originOf(request: NextRequest): string {
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0] ?? request.nextUrl.protocol.replace(":", "");
  return `${protocol}://${hostOf(request)}`;
}

// Not nextUrl's: the standalone server writes its own name there, whatever the Host header says.
const hostOf = (request: NextRequest) =>
  request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? request.nextUrl.host;

const hostnameOf = (request: NextRequest) => new URL(`http://${hostOf(request)}`).hostname;
