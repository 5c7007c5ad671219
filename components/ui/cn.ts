import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our text sizes are named like colours would be; without this `text-2xs text-muted` would lose its size.
const merge = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["2xs"] }] } } });

/** Class names, the later one winning where two say the same thing. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
