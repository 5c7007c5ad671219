import { clerkMiddleware } from "@clerk/nextjs/server";
import { clerkMode, isLoopback } from "@/server/clerk-mode";

// Never the only guard: every procedure, route and page checks the session again.
export default clerkMiddleware(
  async (auth, request) => {
    const { isLocal } = clerkMode(process.env);
    // Not nextUrl, whose host name is rewritten to "localhost" whatever the Host header says.
    const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
    if (isLocal && !isLoopback(new URL(`http://${host}`).hostname)) return new Response("The local sign-in only serves this machine.", { status: 421 });
    const { pathname } = request.nextUrl;
    const isPublic = pathname.startsWith("/sign-in") || pathname.startsWith("/api/") || pathname === "/health";
    // Doors for programs answer 401 themselves: a redirect to a sign-in page helps no program.
    if (!isPublic) await auth.protect();
  },
  () => {
    const { isLocal, jwtKey } = clerkMode(process.env);
    return {
      jwtKey,
      signInUrl: "/sign-in",
      authorizedParties: process.env.APP_URL ? [process.env.APP_URL] : undefined,
      frontendApiProxy: { enabled: (url: URL) => isLocal && isLoopback(url.hostname) },
    };
  },
);

export const config = {
  matcher: ["/((?!_next|__clerk|[^?]*\\.(?:html?|css|js(?!on)|png|svg|ttf|woff2?|ico|webmanifest)).*)", "/(api|trpc|__clerk)(.*)"],
};
