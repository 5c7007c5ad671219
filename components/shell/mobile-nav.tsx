"use client";
import { UNSAFE_PortalProvider as ClerkPortal } from "@clerk/nextjs";
import { Menu, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Logo } from "./logo";
import { Nav } from "./nav";
import { TeamSwitcher } from "./team-switcher";

/** The navigation on a narrow screen: a drawer behind a button. */
export function MobileNav() {
  const [isOpen, setIsOpen] = useState(false);
  const drawer = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <IconButton label="Open the navigation" className="md:hidden">
          <Menu aria-hidden />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          ref={drawer}
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-64 animate-slide-in flex-col gap-4 border-r bg-surface p-3"
        >
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title>
              <Logo />
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close the navigation">
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          <Nav onNavigate={() => setIsOpen(false)} />
          <div className="mt-auto">
            {/* Its menu opens in the drawer: nothing outside an open dialog can be touched. */}
            <ClerkPortal getContainer={() => drawer.current}>
              <TeamSwitcher />
            </ClerkPortal>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
