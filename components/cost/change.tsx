import { ArrowDownRight, ArrowUpRight, Equal } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { CostChange } from "@/server/cost/views";
import { changeText, percentText } from "./money-text";

const looks = {
  increase: { Icon: ArrowUpRight, color: "text-bad", word: "more" },
  decrease: { Icon: ArrowDownRight, color: "text-ok", word: "less" },
  flat: { Icon: Equal, color: "text-muted", word: "the same" },
} as const;

/** A change as arrow, dollars and, where one makes sense, percentage. */
export function Change({ change, className }: { change: CostChange; className?: string }) {
  const { Icon, color, word } = looks[change.direction];
  const percent = percentText(change.percent);
  return (
    <span className={cn("inline-flex items-center gap-1 whitespace-nowrap figures", color, className)}>
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span>{changeText(change.amount)}</span>
      {percent && <span>({percent})</span>}
      <span className="sr-only">{word}</span>
    </span>
  );
}
