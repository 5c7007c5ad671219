import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function StacksSkeleton() {
  return (
    <div className="flex h-[calc(100dvh-6.5rem)] flex-col gap-3">
      <LoadingNote what="stacks" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="w-64" />
      </div>
      <Skeleton className="h-8 w-full max-w-2xl" />
      <StacksTableSkeleton />
    </div>
  );
}

export function StacksTableSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden rounded-lg border bg-surface">
      <TableSkeleton
        rows={24}
        columns={[
          "w-4",
          "w-56",
          "w-28",
          "w-16 max-md:hidden",
          "w-10 max-lg:hidden",
          "w-14 max-xl:hidden",
          "w-32 max-lg:hidden",
          "w-20 max-xl:hidden",
        ]}
      />
    </div>
  );
}
