import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function IgnoreRulesSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="ignore rules" />
      <Skeleton className="h-7 w-40" />
      <div className="rounded-lg border bg-surface">
        <TableSkeleton rows={6} columns={["w-72", "w-48 max-md:hidden", "w-20"]} />
      </div>
    </div>
  );
}
