import type { ReactNode } from "react";
import { cn } from "./cn";

/** What a state means to a person; each has its own shape, so that colour is never alone. */
export type Tone = "ok" | "warn" | "bad" | "busy" | "paused" | "unknown" | "off" | "waiting";

const tones: Record<Tone, { shape: string; color: string }> = {
  ok: { shape: "shape-ok", color: "text-ok" },
  warn: { shape: "shape-warn", color: "text-warn" },
  bad: { shape: "shape-bad", color: "text-bad" },
  busy: { shape: "shape-busy animate-spin", color: "text-accent" },
  paused: { shape: "shape-paused", color: "text-muted" },
  unknown: { shape: "shape-unknown", color: "text-muted" },
  off: { shape: "shape-off", color: "text-faint" },
  waiting: { shape: "shape-waiting", color: "text-faint" },
};

/** A state as word, shape and colour. */
export function Status({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  return (
    <span className={cn("inline-flex items-baseline gap-1.5 whitespace-nowrap", className)}>
      <StatusShape tone={tone} className="self-center" />
      <span
        className={cn(
          "font-medium",
          tone === "off" || tone === "waiting" ? "font-normal text-muted" : tones[tone].color,
        )}
      >
        {children}
      </span>
    </span>
  );
}

/** The shape alone, where the word stands beside it or in its label. */
export function StatusShape({ tone, className }: { tone: Tone; className?: string }) {
  const { shape, color } = tones[tone];
  return <span aria-hidden className={cn("shape", shape, color, className)} />;
}
