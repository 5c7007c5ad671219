import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function ResourceSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the resource" />
      <div className="flex h-12 flex-col justify-center gap-2">
        <Skeleton className="h-6 w-64 max-w-full" />
        <Skeleton className="w-56" />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {["facts", "configuration"].map((panel) => (
          <div key={panel} className="rounded-lg border bg-surface">
            <div className="flex h-11 items-center border-b px-4">
              <Skeleton className="w-24" />
            </div>
            <TableSkeleton rows={12} columns={["w-24", "w-48"]} />
          </div>
        ))}
      </div>
    </div>
  );
}
