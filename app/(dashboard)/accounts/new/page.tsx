import type { Metadata } from "next";
import Link from "next/link";
import { createLoader, type SearchParams } from "nuqs/server";
import { HydrateClient, trpc } from "@/app/_trpc/server";
import { AskAnAdmin } from "@/components/accounts/first-account";
import { ConnectWizard } from "@/components/accounts/connect-wizard";
import { wizardParams } from "@/components/accounts/wizard-params";
import { buttonStyle } from "@/components/ui/button";
import { identify } from "@/server/auth";

export const metadata: Metadata = { title: "Connect an account" };

const load = createLoader(wizardParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const identity = await identify();
  if (!identity?.isAdmin) {
    const action = (
      <Link href="/accounts" className={buttonStyle()}>
        See the accounts
      </Link>
    );
    return <AskAnAdmin heading="h1" title="Only admins connect accounts" action={action} />;
  }
  const { draft } = await load(searchParams);
  // Not `ready`: a draft that is gone is said in the wizard, where a new one can be begun.
  if (draft) await trpc.accounts.rolePack.prefetch({ externalIdId: draft });
  return (
    <HydrateClient>
      <ConnectWizard />
    </HydrateClient>
  );
}
