"use client";
import { ChevronDown, MoreHorizontal, Pause, Pencil, Play, RefreshCw, ShieldCheck, Unplug } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { regionName } from "@/components/resources/region-name";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, IconButton } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { AccountDetail } from "./account-page";
import { DisconnectDialog } from "./disconnect-dialog";
import { EditDialog } from "./edit-dialog";
import { useSync } from "./use-sync";

/** What can be done with an account: sync it, check it, rename it, pause it, let it go. */
export function AccountActions({ account }: { account: AccountDetail }) {
  const [open, setOpen] = useState<"edit" | "disconnect" | null>(null);
  const { accountId, check, pause, resume } = useAccountMutations(account.id);
  const { start, isStarting } = useSync();
  const { isAdmin } = useRights();
  const isPaused = account.pausedAt !== null;
  const regions = [...new Set(account.cells.map(({ region }) => region))]
    .filter((region) => region !== "aws-global")
    .sort();
  return (
    <>
      {isPaused && !isAdmin ? (
        <p className="text-xs text-muted">Admins of your team resume it.</p>
      ) : isPaused ? (
        <Button tone="primary" isBusy={resume.isPending} onClick={() => resume.mutate({ accountId })}>
          {!resume.isPending && <Play aria-hidden />}
          Resume
        </Button>
      ) : (
        <div className="flex">
          <Button
            className="rounded-r-none"
            isBusy={isStarting}
            disabled={account.sync !== null}
            onClick={() => start({ accountId })}
          >
            {!isStarting && <RefreshCw aria-hidden />}
            Sync
          </Button>
          <DropdownMenu
            trigger={
              <IconButton tone="plain" label="Sync one region" className="w-7 rounded-l-none border-l-0">
                <ChevronDown aria-hidden />
              </IconButton>
            }
          >
            <MenuLabel>Sync one region</MenuLabel>
            {regions.map((region) => (
              <MenuItem key={region} onSelect={() => start({ accountId, region })}>
                {regionName(region)}
              </MenuItem>
            ))}
            {regions.length === 0 && <MenuItem disabled>The regions are not known yet</MenuItem>}
          </DropdownMenu>
        </div>
      )}
      <Button
        isBusy={check.isPending}
        disabled={isPaused}
        title={isPaused ? "No call is made to a paused account. Resume it first." : undefined}
        onClick={() => check.mutate({ accountId })}
      >
        {!check.isPending && <ShieldCheck aria-hidden />}
        Check the role
      </Button>
      {isAdmin && (
        <DropdownMenu
          trigger={
            <IconButton tone="plain" label={`More for ${account.name}`}>
              <MoreHorizontal aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => setOpen("edit")}>
            <Pencil aria-hidden />
            Rename or change region
          </MenuItem>
          {!isPaused && (
            <MenuItem onSelect={() => pause.mutate({ accountId })}>
              <Pause aria-hidden />
              Pause
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem isDanger onSelect={() => setOpen("disconnect")}>
            <Unplug aria-hidden />
            Disconnect {account.name}
          </MenuItem>
        </DropdownMenu>
      )}
      {open === "edit" && <EditDialog account={account} onClose={() => setOpen(null)} />}
      {open === "disconnect" && <DisconnectDialog account={account} onClose={() => setOpen(null)} />}
    </>
  );
}

function useAccountMutations(accountId: string) {
  const utils = trpc.useUtils();
  const after = (message: string) => ({
    onSuccess: async () => {
      toast.success(message);
      await utils.invalidate();
    },
    onError: (error: unknown) => void toast.error(readError(error).message),
  });
  return {
    accountId,
    check: trpc.accounts.check.useMutation(after("Checked the role. What it allows stands under Connection.")),
    pause: trpc.accounts.pause.useMutation(
      after("Paused. CloudGuard makes no call to this account until you resume it."),
    ),
    resume: trpc.accounts.resume.useMutation(after("Resumed. A sync starts now.")),
  };
}
