"use client";
import dynamic from "next/dynamic";

const shape = <span className="block size-7 rounded-full bg-inset" />;

const UserButton = dynamic(() => import("@clerk/nextjs").then(({ UserButton }) => UserButton), {
  ssr: false,
  loading: () => shape,
});

/**
 * Clerk's own menu of the person who is signed in. Only drawn in the browser: what it draws depends on whether Clerk's
 * script has loaded, which may be before this part of the page is hydrated.
 */
export function UserMenu() {
  return <UserButton fallback={shape} />;
}
