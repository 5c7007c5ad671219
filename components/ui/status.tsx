import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  Clock,
  LoaderCircle,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** What a state means to a person; each has its own shape, so that colour is never alone. */
export type Tone = "ok" | "warn" | "bad" | "busy" | "paused" | "unknown" | "off" | "waiting";

const tones = {
  ok: { Icon: CircleCheck, color: "text-ok" },
  warn: { Icon: TriangleAlert, color: "text-warn" },
  bad: { Icon: OctagonX, color: "text-bad" },
  busy: { Icon: LoaderCircle, color: "text-accent" },
  paused: { Icon: CirclePause, color: "text-muted" },
  unknown: { Icon: CircleQuestionMark, color: "text-muted" },
  off: { Icon: CircleDashed, color: "text-faint" },
  waiting: { Icon: Clock, color: "text-faint" },
} as const;

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
  const { Icon, color } = tones[tone];
  return <Icon className={cn("size-3.5 shrink-0", color, tone === "busy" && "animate-spin", className)} aria-hidden />;
}
