import { LoadingNote, TableSkeleton } from "@/components/ui/skeleton";

export function AuditSkeleton() {
  return (
    <div className="rounded-lg border bg-surface">
      <LoadingNote what="the audit log" />
      <TableSkeleton rows={8} columns={["w-16", "w-40", "w-56", "w-28 max-md:hidden", "w-24 max-lg:hidden"]} />
    </div>
  );
}
