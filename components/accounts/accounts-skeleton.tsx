import { ListPage } from "@/components/ui/list-page";
import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function AccountsSkeleton() {
  return (
    <ListPage>
      <LoadingNote what="accounts" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="w-40" />
      </div>
      <Skeleton className="h-8 w-full max-w-md" />
      <div className="overflow-hidden rounded-lg border bg-surface">
        <TableSkeleton
          rows={6}
          columns={[
            "w-44",
            "w-28 max-lg:hidden",
            "w-20",
            "w-64 max-lg:hidden",
            "ml-auto w-12",
            "w-8 max-md:hidden",
            "w-6 max-md:hidden",
            "w-16 max-md:hidden",
          ]}
        />
      </div>
    </ListPage>
  );
}
