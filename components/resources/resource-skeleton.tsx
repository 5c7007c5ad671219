import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

export function ResourceSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the resource" />
      <Skeleton className="h-7 w-64" />
      <div className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-96 rounded-lg" />
      </div>
    </div>
  );
}
