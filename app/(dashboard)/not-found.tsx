import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The same words for what never was, what is gone and what belongs to somebody else. */
export default function NotFound() {
  return (
    <EmptyState
      heading="h1"
      title="This was not found"
      text="It may have been deleted, or the link may be wrong."
      action={
        <Link href="/overview" className={buttonStyle()}>
          Go to the overview
        </Link>
      }
    />
  );
}
