"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "@/components/ui/button";
import { DropdownMenu, MenuCheckItem } from "@/components/ui/dropdown-menu";

const themes = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "As this device", Icon: Monitor },
] as const;

/** Light, dark, or as the device says. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      trigger={
        <IconButton label="Choose the theme">
          {/* Which theme holds is only known in the browser: drawn by CSS, so that server and browser agree. */}
          <Sun className="dark:hidden" aria-hidden />
          <Moon className="hidden dark:block" aria-hidden />
        </IconButton>
      }
    >
      {themes.map(({ value, label, Icon }) => (
        <MenuCheckItem key={value} checked={theme === value} onCheckedChange={() => setTheme(value)}>
          <Icon className="text-faint" aria-hidden />
          {label}
        </MenuCheckItem>
      ))}
    </DropdownMenu>
  );
}
