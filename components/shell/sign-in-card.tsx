"use client";
import dynamic from "next/dynamic";

const SignIn = dynamic(() => import("@clerk/nextjs").then(({ SignIn }) => SignIn), {
  ssr: false,
  loading: () => (
    <div className="h-96 w-[25rem] max-w-full animate-pulse rounded-xl bg-inset motion-reduce:animate-none" />
  ),
});

/** Clerk's own sign-in. Drawn in the browser alone, for the reason that the user menu is. */
export function SignInCard() {
  return <SignIn fallbackRedirectUrl="/overview" />;
}
