import Link from "next/link";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { Logo } from "./logo";
import { MobileNav } from "./mobile-nav";
import { Nav } from "./nav";
import { PaletteLauncher } from "./palette-launcher";
import { ScopePicker } from "./scope-picker";
import { SyncAnnouncer } from "./sync-announcer";
import { TeamSwitcher } from "./team-switcher";
import { ThemeToggle } from "./theme-toggle";
import { UserMenu } from "./user-menu";

/** What stays while pages change: navigation on the left, scope and search on top. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh">
      <SkipLink to="content" />
      <aside className="sticky top-0 flex h-dvh w-52 shrink-0 flex-col gap-4 border-r bg-surface p-3 max-md:hidden">
        <Link href="/overview" className="flex h-8 items-center rounded-md px-2">
          <Logo />
        </Link>
        <Nav />
        <div className="mt-auto">
          <TeamSwitcher />
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-1 border-b bg-canvas px-2 md:px-4">
          <MobileNav />
          <ScopePicker />
          <div className="ml-auto flex items-center gap-1">
            <PaletteLauncher />
            <ThemeToggle />
            <div className="grid size-8 place-items-center">
              <UserMenu />
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col p-4 outline-none md:p-6">
          {children}
        </main>
      </div>
      <SyncAnnouncer />
    </div>
  );
}
