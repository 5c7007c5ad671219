"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** As high as the card's first step, while this part of the page and then Clerk's own script are on their way. */
const shape = <Skeleton className="h-66 w-[25rem] max-w-full rounded-xl" />;

const SignIn = dynamic(() => import("@clerk/nextjs").then(({ SignIn }) => SignIn), {
  ssr: false,
  loading: () => shape,
});

/** Clerk's own sign-in. Drawn in the browser alone, for the reason that the user menu is. */
export function SignInCard() {
  return (
    <SignIn
      fallbackRedirectUrl="/overview"
      fallback={shape}
      appearance={{ elements: { cardBox: { boxShadow: "var(--lift)" } } }}
    />
  );
}
