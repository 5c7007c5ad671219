import { ListPage } from "@/components/ui/list-page";
import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function AuditSkeleton() {
  return (
    <ListPage>
      <LoadingNote what="the audit log" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <Skeleton className="h-7 w-full max-w-md" />
      <AuditTableSkeleton />
    </ListPage>
  );
}

export function AuditTableSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden rounded-lg border bg-surface">
      <TableSkeleton
        rows={24}
        columns={[
          "w-16",
          "w-48",
          "w-40 max-md:hidden",
          "w-56 max-xl:hidden",
          "w-24 max-lg:hidden",
          "w-28 max-[1400px]:hidden",
        ]}
      />
    </div>
  );
}
