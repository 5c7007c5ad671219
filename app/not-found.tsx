import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { buttonStyle } from "@/components/ui/button";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <EmptyState
        heading="h1"
        title="There is no page here"
        text="The link may be wrong, or what it led to has been deleted."
        action={
          <Link href="/overview" className={buttonStyle({ tone: "primary" })}>
            Go to the overview
          </Link>
        }
      />
    </main>
  );
}
