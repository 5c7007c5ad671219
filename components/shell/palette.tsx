"use client";
import { Command } from "cmdk";
import { Box, Braces, EyeOff, KeyRound, Layers, Moon, Plus, RefreshCw, Search, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog } from "radix-ui";
import { useDeferredValue, useEffect, useState, type ReactNode } from "react";
import { useSync } from "@/components/accounts/use-sync";
import { readError } from "@/components/app-error";
import { regionName } from "@/components/resources/region-name";
import { verdictWords } from "@/components/drift/drift-words";
import { stackHref, stacksHref } from "@/components/drift/stack-params";
import { resourcesHref } from "@/components/resources/list-params";
import { scopedHref } from "@/components/scope-params";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { useScope } from "@/components/use-scope";
import { navItems } from "./nav-items";

const MIN_SEARCH = 2;
const SHOWN = 8;

interface PaletteProps {
  isOpen: boolean;
  /** What its field begins with. */
  typedAhead: string;
  onLoaded(): void;
  onOpenChange(isOpen: boolean): void;
}

/** Everywhere to go and everything to find, from the keyboard. */
export function Palette({ isOpen, typedAhead, onLoaded, onOpenChange }: PaletteProps) {
  const returnFocus = useReturnFocus(isOpen);
  useEffect(onLoaded, [onLoaded]);
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-appear overflow-hidden rounded-lg border bg-raised shadow-lift"
        >
          <Dialog.Title className="sr-only">Search and go</Dialog.Title>
          <PaletteList typedAhead={typedAhead} onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ typedAhead, onDone }: { typedAhead: string; onDone(): void }) {
  const router = useRouter();
  const { scope } = useScope();
  const { resolvedTheme, setTheme } = useTheme();
  const sync = useSync();
  const { isAdmin } = useRights();
  const [text, setText] = useState(typedAhead);
  const search = useDeferredValue(text.trim().slice(0, 200));
  const accounts = trpc.accounts.list.useQuery().data ?? [];
  const isSearching = search.length >= MIN_SEARCH;
  const found = trpc.resources.list.useQuery(
    { filter: { search }, limit: SHOWN },
    { enabled: isSearching, placeholderData: (before) => before },
  );
  const stacks = trpc.drift.stacks.useQuery(
    { filter: { search }, isFolded: false, limit: SHOWN },
    { enabled: isSearching, placeholderData: (before) => before },
  );
  const failure = isSearching && (found.error ?? stacks.error);
  const go = (href: string) => () => {
    onDone();
    router.push(href);
  };
  const run = (action: () => void) => () => {
    onDone();
    action();
  };
  return (
    <Command label="Search and go" loop>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <Command.Input
          value={text}
          onValueChange={setText}
          autoFocus
          placeholder="A page, an account, or a resource’s name, id or ARN"
          className="h-11 w-full bg-transparent text-base outline-none"
        />
      </div>
      <Command.List className="max-h-[min(60vh,26rem)] overflow-y-auto p-1.5">
        {!failure && (
          <Command.Empty className="px-3 py-6 text-center text-sm text-muted">
            {found.isFetching || stacks.isFetching ? "Searching…" : `Nothing is called “${text.trim()}”.`}
          </Command.Empty>
        )}
        <Group heading="Pages">
          {navItems.map(({ href, label, Icon }) => (
            <Item key={href} value={`page ${label}`} icon={<Icon />} onSelect={go(scopedHref(href, scope))}>
              {label}
            </Item>
          ))}
          <Item value="page api reference" icon={<Braces />} onSelect={go("/api-reference")}>
            API reference
          </Item>
        </Group>
        {accounts.length > 0 && (
          <Group heading="Accounts">
            {accounts.map(({ id, name, awsAccountId }) => (
              <Item
                key={id}
                value={`account ${name} ${awsAccountId}`}
                icon={<KeyRound />}
                hint={awsAccountId}
                onSelect={go(`/accounts/${id}`)}
              >
                {name}
              </Item>
            ))}
          </Group>
        )}
        {isSearching && stacks.data && stacks.data.rows.length > 0 && (
          <Group heading="Stacks">
            {stacks.data.rows.map((row) => (
              <Item
                key={row.id}
                value={`stack ${row.id} ${text}`}
                icon={<Layers />}
                hint={`${verdictWords[row.drift.verdict].word} · ${row.accountName} · ${regionName(row.region)}`}
                onSelect={go(stackHref(row.id))}
              >
                {row.stackName}
              </Item>
            ))}
            {stacks.data.rows.length === SHOWN && (
              <Item value={`stack all ${text}`} icon={<Search />} onSelect={go(stacksHref({ q: search, flat: true }))}>
                Show all stacks that match “{search}”
              </Item>
            )}
          </Group>
        )}
        {isSearching && found.data && found.data.rows.length > 0 && (
          <Group heading="Resources">
            {found.data.rows.map((row) => (
              // The server has matched these already: the search is part of the value, so that all of them stay.
              <Item
                key={row.id}
                value={`resource ${row.id} ${text}`}
                icon={<Box />}
                hint={`${row.typeLabel} · ${row.accountName} · ${regionName(row.region)}`}
                onSelect={go(`/resources/${row.id}`)}
              >
                {row.name ?? row.nativeId}
              </Item>
            ))}
            {found.data.rows.length === SHOWN && (
              <Item value={`resource all ${text}`} icon={<Search />} onSelect={go(resourcesHref({ q: search }))}>
                Show all that match “{search}”
              </Item>
            )}
          </Group>
        )}
        <Group heading="Do">
          {isAdmin && (
            <Item value="do connect an account" icon={<Plus />} onSelect={go("/accounts/new")}>
              Connect an account
            </Item>
          )}
          {accounts.length > 0 && (
            <Item value="do sync all accounts" icon={<RefreshCw />} onSelect={run(() => sync.start({}))}>
              Sync all accounts
            </Item>
          )}
          <Item
            value="do show drifted stacks"
            icon={<Layers />}
            onSelect={go(stacksHref({ ...scope, drift: ["DRIFTED"] }))}
          >
            Show drifted stacks
          </Item>
          <Item value="do ignore rules of drift" icon={<EyeOff />} onSelect={go("/drift/ignore-rules")}>
            Ignore rules
          </Item>
          <Item
            value="do switch theme dark light"
            icon={resolvedTheme === "dark" ? <Sun /> : <Moon />}
            onSelect={run(() => setTheme(resolvedTheme === "dark" ? "light" : "dark"))}
          >
            Switch to {resolvedTheme === "dark" ? "light" : "dark"}
          </Item>
        </Group>
        {failure && (
          <p role="status" className="px-2.5 py-3 text-sm text-muted">
            Not everything could be searched. {readError(failure).message}
          </p>
        )}
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
    >
      {children}
    </Command.Group>
  );
}

function Item({
  value,
  icon,
  hint,
  onSelect,
  children,
}: {
  value: string;
  icon: ReactNode;
  hint?: string;
  onSelect(): void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-inset [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="max-w-[55%] shrink-0 truncate text-xs text-faint figures">{hint}</span>}
    </Command.Item>
  );
}
