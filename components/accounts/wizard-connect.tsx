"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, type FormEvent } from "react";
import { toast } from "sonner";
import { readError, type ReadableError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Status } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";
import { TrustChecks, type Trust } from "./trust-checks";

type RolePack = RouterOutputs["accounts"]["rolePack"];

/** The third step: CloudGuard tries the role, with our ExternalId, without one and with a wrong one. */
export function WizardConnect({ pack }: { pack: RolePack }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [roleArn, setRoleArn] = useState(pack.suggestedRoleArn);
  const connect = trpc.accounts.connect.useMutation({
    onSuccess: async ({ accountId }) => {
      toast.success(`${pack.name} is connected. Its first sync runs.`);
      router.push(`/accounts/${accountId}`);
      await Promise.all([utils.accounts.list.invalidate(), utils.resources.invalidate()]);
    },
  });
  const problem = connect.error ? readError(connect.error) : null;
  const trust = problem ? trustOf(problem.details) : connect.data?.check.trust;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    connect.mutate({ externalIdId: pack.externalIdId, roleArn: roleArn.trim() });
  };
  if (pack.usedAt && !connect.data)
    return (
      <Notice
        tone="ok"
        action={
          <Link href="/accounts" className="text-sm font-medium underline underline-offset-4">
            Go to the accounts
          </Link>
        }
      >
        This account is connected already.
      </Notice>
    );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="Role ARN"
        hint="As the ways above make it. Change it if you named the role otherwise: its name must begin with CloudGuard."
        error={problem ? atTheField(problem, trust) : undefined}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={roleArn}
            onChange={(event) => setRoleArn(event.target.value)}
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div aria-live="polite">
        {connect.isPending ? (
          <Trying />
        ) : (
          trust && (
            <div className="rounded-md border bg-surface">
              <TrustChecks trust={trust} />
            </div>
          )
        )}
      </div>
      <Button type="submit" tone="primary" className="self-start" isBusy={connect.isPending || connect.isSuccess}>
        {problem ? "Check again and connect" : "Check and connect"}
      </Button>
    </form>
  );
}

/** Where the check's own steps are shown, they say it better; an answer that never came is no fault of the role's. */
function atTheField({ fields, message }: ReadableError, trust: Trust | undefined): string {
  if (!trust?.problem) return fields.roleArn ?? message;
  return trust.withIssuedId === "unavailable"
    ? "This role could not be checked. See the steps below."
    : "CloudGuard cannot use this role yet. See the steps below.";
}

const SLOW_MS = 8_000;

function Trying() {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <ul className="rounded-md border bg-surface py-1.5 text-sm">
      {["With the ExternalId that CloudGuard issued", "Without an ExternalId", "With a wrong ExternalId"].map(
        (step) => (
          <li key={step} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-1">
            <span>{step}</span>
            <Status tone="busy" className="ml-auto">
              Trying
            </Status>
          </li>
        ),
      )}
      {isSlow && (
        <li className="px-4 py-1 text-muted">
          AWS has not answered yet. CloudGuard asks for about a minute before it gives up; nothing is written until
          then.
        </li>
      )}
    </ul>
  );
}

/** The check that came with a refusal. The API says so in its contract; it crosses the wire as plain data. */
function trustOf(details: unknown): Trust | undefined {
  return (details as { check?: { trust: Trust } } | undefined)?.check?.trust;
}
