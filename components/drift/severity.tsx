import { OctagonAlert, SignalHigh, SignalLow, SignalMedium } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { DriftSeverity } from "@/server/drift/views";
import { severityWords } from "./drift-words";

const looks = {
  CRITICAL: { Icon: OctagonAlert, color: "text-bad" },
  HIGH: { Icon: SignalHigh, color: "text-bad" },
  MEDIUM: { Icon: SignalMedium, color: "text-warn" },
  LOW: { Icon: SignalLow, color: "text-muted" },
} as const;

/** How bad a difference is, as word, shape and colour. */
export function Severity({ severity, className }: { severity: DriftSeverity; className?: string }) {
  const { Icon, color } = looks[severity];
  return (
    <span className={cn("inline-flex items-baseline gap-1 whitespace-nowrap", color, className)}>
      <Icon className="size-3.5 shrink-0 self-center" aria-hidden />
      <span className="font-medium">{severityWords[severity]}</span>
    </span>
  );
}
