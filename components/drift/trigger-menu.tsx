"use client";
import { ChevronDown, ScanSearch } from "lucide-react";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { plural } from "@/components/ui/figure-text";
import type { RouterInputs } from "@/server/routers";

interface TriggerMenuProps {
  /** The stacks that are ticked; none offers an account or everything. */
  selected: ReadonlySet<string>;
  isBusy: boolean;
  onTrigger(what: RouterInputs["drift"]["triggerMany"]): void;
}

/** Detects drift of what is ticked, of an account, or of everything. */
export function TriggerMenu({ selected, isBusy, onTrigger }: TriggerMenuProps) {
  const accounts = trpc.accounts.list.useQuery().data ?? [];
  if (selected.size > 0)
    return (
      <Button size="sm" tone="primary" isBusy={isBusy} onClick={() => onTrigger({ stackIds: [...selected] })}>
        {!isBusy && <ScanSearch aria-hidden />}
        Detect drift of {plural(selected.size, "stack")}
      </Button>
    );
  return (
    <DropdownMenu
      trigger={
        <Button size="sm" tone="primary" isBusy={isBusy} disabled={accounts.length === 0}>
          {!isBusy && <ScanSearch aria-hidden />}
          Detect drift
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuItem onSelect={() => onTrigger({ everything: true })}>Every stack of every account</MenuItem>
      <MenuSeparator />
      <MenuLabel>Every stack of one account</MenuLabel>
      {accounts.map(({ id, name, awsAccountId }) => (
        <MenuItem key={id} onSelect={() => onTrigger({ accountId: id })}>
          <span className="flex-1">{name}</span>
          <span className="font-mono text-xs text-faint">{awsAccountId}</span>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
