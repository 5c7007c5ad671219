import { LoadingNote, Skeleton, TableSkeleton } from "@/components/ui/skeleton";

export function AccountSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the account" />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex h-12 flex-col justify-center gap-2">
          <Skeleton className="h-6 w-48" />
          <Skeleton className="w-72 max-w-full" />
        </div>
        <Skeleton className="h-8 w-64 max-w-full" />
      </div>
      <div className="rounded-lg border bg-surface">
        <div className="flex h-11 items-center border-b px-4">
          <Skeleton className="w-16" />
        </div>
        <TableSkeleton
          rows={8}
          columns={["w-20", ...Array.from({ length: 9 }, (_, at) => (at < 3 ? "w-14" : "w-14 max-lg:hidden"))]}
        />
      </div>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Skeleton className="h-72 rounded-lg" />
        <Skeleton className="h-72 rounded-lg" />
      </div>
    </div>
  );
}
