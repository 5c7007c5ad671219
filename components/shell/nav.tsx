"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { scopedHref } from "@/components/scope-params";
import { useScope } from "@/components/use-scope";
import { navItems } from "./nav-items";

/** Where to go; the chosen account and region come along. */
export function Nav({ onNavigate }: { onNavigate?(): void }) {
  const pathname = usePathname();
  const { scope } = useScope();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {navItems.map(({ href, label, Icon }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={scopedHref(href, scope)}
                onClick={onNavigate}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-muted transition-colors hover:bg-inset hover:text-ink max-md:h-10",
                  isHere && "bg-inset text-ink",
                )}
              >
                <Icon className={cn("size-4", isHere ? "text-accent" : "text-faint")} aria-hidden />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
