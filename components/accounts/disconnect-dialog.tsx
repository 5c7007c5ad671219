"use client";
import { useRouter } from "next/navigation";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { plural } from "@/components/ui/figure-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { AccountDetail } from "./account-page";
import { DisconnectReceipt } from "./disconnect-receipt";

/** Asks before letting an account go, says what is deleted, and afterwards proves that it is. */
export function DisconnectDialog({ account, onClose }: { account: AccountDetail; onClose(): void }) {
  const accountId = account.id;
  const router = useRouter();
  const utils = trpc.useUtils();
  const preview = trpc.accounts.disconnectPreview.useQuery({ accountId }, { staleTime: 0 });
  const disconnect = trpc.accounts.disconnect.useMutation();
  const problem = disconnect.error ? readError(disconnect.error) : preview.error ? readError(preview.error) : null;

  if (disconnect.data) {
    // The account's own page would only find nothing: everything is read again once we have left it.
    const leave = () => {
      router.push("/accounts");
      void utils.accounts.list.invalidate();
      void utils.resources.invalidate();
    };
    return (
      <Dialog
        isOpen
        onOpenChange={(isOpen) => !isOpen && leave()}
        title={`${account.name} is disconnected`}
        footer={
          <Button tone="primary" onClick={leave}>
            Go to the accounts
          </Button>
        }
      >
        <DisconnectReceipt receipt={disconnect.data} />
      </Dialog>
    );
  }
  const { willDelete } = preview.data ?? {};
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Disconnect ${account.name}?`}
      phrase={account.awsAccountId}
      action={`Disconnect ${account.name}`}
      error={problem?.fields.confirm ?? problem?.message}
      isBusy={disconnect.isPending}
      onConfirm={(confirm) => disconnect.mutate({ accountId, confirm })}
    >
      <div className="flex flex-col gap-2 text-sm">
        <p>CloudGuard deletes what it knows of this account, at once and for good:</p>
        {willDelete ? (
          <ul className="list-disc pl-5 figures">
            <li>{plural(willDelete.resources, "resource")}, those that are gone included</li>
            <li>{plural(willDelete.scanCells, "scan")} with their state</li>
            <li>{plural(willDelete.syncRuns, "sync")} of its history</li>
            <li>{plural(willDelete.detections, "drift detection")} with what they found</li>
            <li>{plural(willDelete.costRows, "cost row")}</li>
          </ul>
        ) : (
          <Skeleton className="h-16" />
        )}
        <p className="text-muted">
          Nothing changes in AWS. The role stays until you delete it there, and its ExternalId is never issued again.
        </p>
      </div>
    </ConfirmDialog>
  );
}
