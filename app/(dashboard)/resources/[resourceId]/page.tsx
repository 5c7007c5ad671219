import type { Metadata } from "next";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { ResourcePage } from "@/components/resources/resource-page";

export const metadata: Metadata = { title: "Resource" };

export default async function Page({ params }: { params: Promise<{ resourceId: string }> }) {
  const { resourceId } = await params;
  await ready(trpc.resources.byId.prefetch({ resourceId }));
  return (
    <HydrateClient>
      <ResourcePage resourceId={resourceId} />
    </HydrateClient>
  );
}
