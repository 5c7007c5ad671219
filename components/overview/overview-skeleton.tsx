import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the overview" />
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-24 rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
        {["type", "account", "region"].map((panel) => (
          <div key={panel} className="rounded-lg border bg-surface">
            <TableSkeleton rows={9} columns={["w-40", "w-20", "w-10"]} />
          </div>
        ))}
      </div>
    </div>
  );
}
