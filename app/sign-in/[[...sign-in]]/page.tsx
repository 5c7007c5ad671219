import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";
import { SignInCard } from "@/components/shell/sign-in-card";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="flex flex-col items-center gap-6">
        <Logo />
        <h1 className="sr-only">Sign in to CloudGuard</h1>
        <SignInCard />
      </div>
    </main>
  );
}
