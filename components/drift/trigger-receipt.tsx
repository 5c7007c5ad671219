"use client";
import { ChevronRight, X } from "lucide-react";
import Link from "next/link";
import { regionName } from "@/components/resources/region-name";
import { IconButton } from "@/components/ui/button";
import { plural } from "@/components/ui/figure-text";
import { StatusShape } from "@/components/ui/status";
import type { TriggerReceipt as Receipt } from "@/server/drift/views";
import { stackHref } from "./stack-params";

/** What a trigger did: how many were started, how many ran already, and which were left out, each with its reason. */
export function TriggerReceipt({ receipt, onDismiss }: { receipt: Receipt; onDismiss(): void }) {
  const { started, joined, skipped } = receipt;
  const said = [
    started.length > 0 ? `Started ${plural(started.length, "detection")}.` : "Started nothing.",
    joined.length > 0 && `Joined ${joined.length} that ${joined.length === 1 ? "was" : "were"} under way.`,
    skipped.length > 0 && `Skipped ${plural(skipped.length, "stack")}.`,
  ];
  return (
    <section
      aria-label="What was started"
      className="flex items-start gap-2 rounded-md border bg-surface py-1.5 pr-1.5 pl-3 text-sm"
    >
      <StatusShape tone={started.length + joined.length > 0 ? "ok" : "unknown"} className="mt-[5px]" />
      <div className="min-w-0 flex-1">
        <p role="status" className="py-0.5">
          {said.filter(Boolean).join(" ")}
        </p>
        {skipped.length > 0 && (
          <details className="group">
            <summary className="flex w-fit list-none items-center gap-1 rounded-sm py-0.5 text-xs text-muted hover:text-ink">
              <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
              Why they were skipped
            </summary>
            <ul className="max-h-52 divide-y overflow-y-auto text-xs">
              {skipped.map(({ stack, reason }) => (
                <li key={stack.id} className="flex flex-wrap gap-x-3 py-1">
                  <Link
                    href={stackHref(stack.id)}
                    className="w-44 truncate font-medium underline-offset-4 hover:underline max-md:w-auto"
                  >
                    {stack.stackName}
                  </Link>
                  <span className="w-52 text-faint figures max-md:w-auto">
                    {stack.awsAccountId}, {regionName(stack.region)}
                  </span>
                  <span className="min-w-0 flex-1 basis-96 text-muted max-md:basis-full">{reason}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <IconButton label="Dismiss" size="iconSm" onClick={onDismiss}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
