import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the overview" />
      <div className="flex h-12 flex-col justify-center gap-2">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="w-44" />
      </div>
      <Skeleton className="h-22 rounded-lg max-lg:h-44" />
      <Skeleton className="h-46 rounded-lg max-md:h-72" />
      <Skeleton className="h-64 rounded-lg max-lg:h-120" />
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
        {[12, 5, 7].map((rows) => (
          <div key={rows} className="rounded-lg border bg-surface">
            <div className="flex h-11 items-center border-b px-4">
              <Skeleton className="w-20" />
            </div>
            <TableSkeleton rows={rows} columns={["w-36", "ml-auto w-16 max-sm:hidden", "w-8 max-sm:ml-auto"]} />
          </div>
        ))}
      </div>
    </div>
  );
}
