"use client";
import { ChevronDown, Globe, KeyRound, type LucideIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { regionName } from "@/components/resources/region-name";
import { trpc } from "@/components/trpc";
import { ChoiceList, type Choice } from "@/components/ui/choice-list";
import { cn } from "@/components/ui/cn";
import { Popover } from "@/components/ui/popover";
import { useScope } from "@/components/use-scope";

/** Which account and which region every page is about. Both live in the address and go along to the next page. */
export function ScopePicker() {
  const isOfAccounts = !withoutScope.has(usePathname());
  return isOfAccounts && <ScopePickers />;
}

/** What everybody did is told of the whole team, and an account that is not connected yet lies in no scope. */
const withoutScope = new Set(["/audit", "/accounts/new"]);

function ScopePickers() {
  const { scope, setScope } = useScope();
  const accounts = trpc.accounts.list.useQuery().data;
  const facets = trpc.resources.facets.useQuery({}).data;
  const accountChoices = accounts?.map(({ id, name, awsAccountId }) => ({
    value: id,
    label: name,
    hint: awsAccountId,
    keywords: [awsAccountId],
  }));
  const regionChoices = facets?.regions.map(({ region, count }) => ({
    value: region,
    label: regionName(region),
    hint: count.toLocaleString("en-US"),
  }));
  return (
    <div role="group" aria-label="Scope" className="flex min-w-0 items-center gap-1">
      <Picker
        Icon={KeyRound}
        name="Account"
        all="All accounts"
        choices={accountChoices}
        selected={scope.account}
        onChange={(account) => void setScope({ account })}
      />
      <Picker
        Icon={Globe}
        name="Region"
        all="All regions"
        choices={regionChoices}
        selected={scope.region}
        onChange={(region) => void setScope({ region })}
      />
    </div>
  );
}

interface PickerProps {
  Icon: LucideIcon;
  name: string;
  all: string;
  choices: Choice[] | undefined;
  selected: string[];
  onChange(selected: string[] | null): void;
}

function Picker({ Icon, name, all, choices, selected, onChange }: PickerProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const change = (next: string[] | null) => {
    setIsOpen(false);
    setTyped("");
    onChange(next);
  };
  // Of an account that is not there the address has our id alone, which says nothing to anybody.
  const one =
    choices?.find(({ value }) => value === selected[0])?.label ?? (name === "Account" ? "1 account" : selected[0]);
  const text = selected.length === 0 ? all : selected.length === 1 ? one : `${selected.length} ${all.split(" ")[1]}`;
  return (
    <Popover
      label={`Choose the ${name.toLowerCase()}`}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-72"
      trigger={
        <button
          type="button"
          aria-label={`${name}: ${text}`}
          className={cn(
            "flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-inset",
            selected.length > 0 ? "font-medium text-ink" : "text-muted",
          )}
        >
          <Icon
            className={cn("size-4 shrink-0 max-sm:hidden", selected.length > 0 ? "text-accent" : "text-faint")}
            aria-hidden
          />
          <span className="max-w-48 truncate max-sm:max-w-24">{text}</span>
          <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
        </button>
      }
    >
      <ChoiceList
        label={`Find ${name === "Account" ? "an account" : "a region"}`}
        choices={choices}
        selected={selected}
        typed={typed}
        onTyped={setTyped}
        onChoose={(value) => change([value])}
        clear={typed ? undefined : { label: all, onClear: () => change(null) }}
        emptyText="Nothing has been read yet."
      />
    </Popover>
  );
}
