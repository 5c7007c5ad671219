import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";
import { SignInCard } from "@/components/shell/sign-in-card";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    // From a fixed height downwards: the card has steps of many heights, and nothing above it may move.
    <main className="flex min-h-dvh flex-col items-center gap-6 px-4 pt-[max(2.5rem,22dvh)] pb-10">
      <div className="flex flex-col items-center gap-2">
        <Logo />
        <p className="text-center text-sm text-balance text-muted">
          Every AWS account on one page: what is in it, what has drifted, what it costs.
        </p>
      </div>
      <h1 className="sr-only">Sign in to CloudGuard</h1>
      <SignInCard />
    </main>
  );
}
