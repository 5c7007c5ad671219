"use client";
import dynamic from "next/dynamic";

const shape = <span className="block h-9 rounded-md bg-inset" />;

const Switcher = dynamic(() => import("@clerk/nextjs").then(({ OrganizationSwitcher }) => OrganizationSwitcher), {
  ssr: false,
  loading: () => shape,
});

/**
 * For whom one works: oneself, or a team. Clerk's own menu. It leads to the overview, as the accounts in an address belong to the
 * tenant that one leaves.
 */
export function TeamSwitcher() {
  return (
    <Switcher
      fallback={shape}
      afterSelectOrganizationUrl="/overview"
      afterSelectPersonalUrl="/overview"
      appearance={{
        elements: {
          rootBox: { width: "100%" },
          organizationSwitcherTrigger: { width: "100%", justifyContent: "space-between" },
        },
      }}
    />
  );
}
