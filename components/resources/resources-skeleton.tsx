import { ListPage } from "@/components/ui/list-page";
import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function ResourcesSkeleton() {
  return (
    <ListPage>
      <LoadingNote what="resources" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="w-48" />
      </div>
      <Skeleton className="h-8 w-full max-w-2xl" />
      <ResourcesTableSkeleton />
    </ListPage>
  );
}

export function ResourcesTableSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden rounded-lg border bg-surface">
      <TableSkeleton
        rows={24}
        columns={[
          "w-48",
          "w-28",
          "w-32 max-md:hidden",
          "w-20 max-lg:hidden",
          "w-20 max-lg:hidden",
          "w-44 max-xl:hidden",
          "w-24 max-xl:hidden",
        ]}
      />
    </div>
  );
}
