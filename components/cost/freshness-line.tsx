import { Time } from "@/components/ui/time";
import type { CostFreshness } from "@/server/cost/views";
import { freshnessParts } from "./freshness-words";

/** "as of 5 min ago", "3 of 4 accounts", "last 2 days estimated", "asked 8 times this month, $0.08", as under every page's name. */
export function FreshnessLine({ freshness }: { freshness: CostFreshness }) {
  return (
    <span className="flex flex-wrap gap-x-3 figures">
      {freshness.asOf ? (
        <span className={freshness.isStale ? "text-warn" : undefined}>
          {freshness.isStale ? "stale, as of " : "as of "}
          <Time at={freshness.asOf} />
        </span>
      ) : (
        <span>not read yet</span>
      )}
      {freshnessParts(freshness).map((part) => (
        <span key={part}>{part}</span>
      ))}
    </span>
  );
}
