import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The address names so many accounts, and none of them is there. */
export function NotConnected({ count, heading, onClear }: { count: number; heading?: "h1"; onClear(): void }) {
  const isOne = count === 1;
  return (
    <EmptyState
      heading={heading}
      title={isOne ? "This account is not connected" : "These accounts are not connected"}
      text={`${isOne ? "It" : "They"} may have been disconnected since the link was made.`}
      action={<Button onClick={onClear}>Show all accounts</Button>}
    />
  );
}
