import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

export function AccountSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <LoadingNote what="the account" />
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-40 rounded-lg" />
      <Skeleton className="h-80 rounded-lg" />
    </div>
  );
}
