import { readError } from "@/components/app-error";
import { Button } from "./button";
import { Notice } from "./notice";
import { Time } from "./time";

/** A query whose last try failed, as TanStack Query gives it. */
interface FailedQuery {
  error: unknown;
  /** When what is shown was read, by the browser's clock in milliseconds. */
  dataUpdatedAt: number;
  isFetching: boolean;
  refetch(): Promise<unknown>;
}

/** What is shown was read before and could not be read again: why, since when, and another try. */
export function StaleNotice({ query }: { query: FailedQuery }) {
  const { message, code } = readError(query.error);
  return (
    <Notice
      tone="warn"
      action={
        code === "UNAUTHORIZED" ? (
          // Loaded anew without a session, this very address leads by the sign-in and back.
          <Button size="sm" onClick={() => window.location.reload()}>
            Sign in again
          </Button>
        ) : (
          <Button size="sm" onClick={() => void query.refetch()} isBusy={query.isFetching}>
            Try again
          </Button>
        )
      }
    >
      This could not be read again, and is as it was <Time at={new Date(query.dataUpdatedAt)} />. {message}
    </Notice>
  );
}
