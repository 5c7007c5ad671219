"use client";
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CostFreshness } from "@/server/cost/views";
import { accountsWanting, costStates } from "./freshness-words";

/** The accounts that the figures lack, or have old: why, and what to do. Nothing where all is well. */
export function AccountStates({ freshness }: { freshness: CostFreshness }) {
  const accounts = accountsWanting(freshness);
  if (accounts.length === 0) return null;
  return (
    <Panel title="Accounts to look after" note="the figures below have of them what was read before">
      <ul className="divide-y">
        {accounts.map(({ accountId, name, state, reason, statement, asOf, nextAt }) => (
          <li key={accountId}>
            <Disclosure
              className="py-2.5"
              summary={
                <>
                  <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5">
                    <Status tone={costStates[state].tone} className="w-28">
                      {costStates[state].word}
                    </Status>
                    <span className="font-medium">{name}</span>
                    <span className="min-w-0 flex-1 basis-72 text-muted">{reason}</span>
                  </span>
                </>
              }
            >
              <div className="flex flex-col gap-3 px-4 pt-1 pb-4 text-sm text-muted sm:pl-11">
                <p>
                  {asOf ? (
                    <>
                      Its costs were last read <Time at={asOf} />.
                    </>
                  ) : (
                    "Its costs were never read, so no figure here holds any of them."
                  )}
                  {nextAt && (
                    <>
                      {" "}
                      The next try is <Time at={nextAt} />.
                    </>
                  )}
                </p>
                {statement && <CodeBlock name={`Add this statement to the role in ${name}`} code={statement} />}
                <Link
                  href={`/accounts/${accountId}`}
                  className="self-start font-medium text-accent underline-offset-4 hover:underline"
                >
                  Open {name}
                </Link>
              </div>
            </Disclosure>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
