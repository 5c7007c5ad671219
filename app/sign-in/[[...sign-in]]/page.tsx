import { SignIn } from "@clerk/nextjs";
import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="flex flex-col items-center gap-6">
        <Logo />
        <h1 className="sr-only">Sign in to CloudGuard</h1>
        <SignIn fallbackRedirectUrl="/overview" />
      </div>
    </main>
  );
}
