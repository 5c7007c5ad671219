import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { detectionParams } from "@/components/drift/detection-params";
import { StackPage } from "@/components/drift/stack-page";

export const metadata: Metadata = { title: "Stack drift" };

const load = createLoader(detectionParams);

interface Props {
  params: Promise<{ stackId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function Page({ params, searchParams }: Props) {
  const { stackId } = await params;
  const { detection } = await load(searchParams);
  await ready(trpc.drift.stack.prefetch({ stackId }));
  // Not `ready`: of a detection that is gone the stack is still there, and leads to its latest.
  if (detection) await trpc.drift.detection.prefetch({ detectionId: detection });
  return (
    <HydrateClient>
      <StackPage stackId={stackId} />
    </HydrateClient>
  );
}
