import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function CostSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="costs" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="w-80 max-w-full" />
      </div>
      <Skeleton className="h-8 w-full max-w-3xl" />
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-2">
        {["services", "movers"].map((panel) => (
          <div key={panel} className="rounded-lg border bg-surface">
            <TableSkeleton rows={9} columns={["w-48", "w-20", "w-12"]} />
          </div>
        ))}
      </div>
    </div>
  );
}
