import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** Of what a detection found, while another one is fetched. */
export function DetectionSkeleton() {
  return (
    <div>
      <LoadingNote what="the detection" />
      <Skeleton className="h-44 rounded-lg" />
    </div>
  );
}

export function StackSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the stack" />
      <Skeleton className="h-7 w-64" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
      <div className="rounded-lg border bg-surface">
        <TableSkeleton rows={10} columns={["w-48", "w-40 max-md:hidden", "w-20"]} />
      </div>
    </div>
  );
}
