import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { HydrateClient, trpc } from "@/app/_trpc/server";
import { AskAnAdmin } from "@/components/accounts/first-account";
import { ConnectWizard } from "@/components/accounts/connect-wizard";
import { wizardParams } from "@/components/accounts/wizard-params";
import { identify } from "@/server/auth";

export const metadata: Metadata = { title: "Connect an account" };

const load = createLoader(wizardParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const identity = await identify();
  if (!identity?.isAdmin) return <AskAnAdmin heading="h1" title="Only admins connect accounts" />;
  const { draft } = await load(searchParams);
  // Not `ready`: a draft that is gone is said in the wizard, where a new one can be begun.
  if (draft) await trpc.accounts.rolePack.prefetch({ externalIdId: draft });
  return (
    <HydrateClient>
      <ConnectWizard />
    </HydrateClient>
  );
}
