import { Status, type Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";

export type AccountSummary = RouterOutputs["accounts"]["list"][number];

const states: Record<AccountSummary["status"], { word: string; tone: Tone }> = {
  connected: { word: "Connected", tone: "ok" },
  scanning: { word: "Syncing", tone: "busy" },
  limited: { word: "Limited", tone: "warn" },
  error: { word: "Error", tone: "bad" },
  paused: { word: "Paused", tone: "paused" },
};

/** "Limited": an account's state in the one word that every page uses for it. */
export const statusWords = (status: AccountSummary["status"]) => states[status].word;

export function AccountStatus({ status, className }: { status: AccountSummary["status"]; className?: string }) {
  const { word, tone } = states[status];
  return (
    <Status tone={tone} className={className}>
      {word}
    </Status>
  );
}
