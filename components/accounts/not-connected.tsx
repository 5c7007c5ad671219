import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The address names accounts, and none of them is there. */
export function NotConnected({ heading, onClear }: { heading?: "h1"; onClear(): void }) {
  return (
    <EmptyState
      heading={heading}
      title="These accounts are not connected"
      text="They may have been disconnected since the link was made."
      action={<Button onClick={onClear}>Show all accounts</Button>}
    />
  );
}
