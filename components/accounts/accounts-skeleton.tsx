import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function AccountsSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="accounts" />
      <Skeleton className="h-7 w-32" />
      <div className="rounded-lg border bg-surface">
        <TableSkeleton
          rows={5}
          columns={["w-48", "w-24", "w-16", "w-12 max-sm:hidden", "w-24 max-md:hidden", "w-10 max-md:hidden"]}
        />
      </div>
    </div>
  );
}
