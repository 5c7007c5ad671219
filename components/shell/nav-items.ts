import {
  Boxes,
  CircleDollarSign,
  GitCompareArrows,
  KeyRound,
  LayoutDashboard,
  ScrollText,
  type LucideIcon,
} from "lucide-react";

/** The pages of the product, in the order of the navigation and of the palette. */
export const navItems: { href: string; label: string; Icon: LucideIcon }[] = [
  { href: "/overview", label: "Overview", Icon: LayoutDashboard },
  { href: "/accounts", label: "Accounts", Icon: KeyRound },
  { href: "/resources", label: "Resources", Icon: Boxes },
  { href: "/drift", label: "Drift", Icon: GitCompareArrows },
  { href: "/cost", label: "Cost", Icon: CircleDollarSign },
  { href: "/audit", label: "Audit log", Icon: ScrollText },
];
