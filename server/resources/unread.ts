import type { CollectedResource, Json } from "../aws/collectors/define";
import { forTenant, type TenantId } from "../db/client";

/** What is stored of a resource that is compared member by member. */
interface StoredContent {
  facts: CollectedResource["facts"];
  config: Record<string, Json>;
}

/**
 * The page with what could not be read this time filled in from what is stored: a permission that was taken away is no change of
 * every resource, and what was known stays known. Asks the database only where a resource has such members.
 */
export async function fillUnread(
  tenantId: TenantId,
  cellId: string,
  page: CollectedResource[],
): Promise<CollectedResource[]> {
  const nativeId = { in: page.flatMap((resource) => (resource.unread ? [resource.nativeId] : [])) };
  if (nativeId.in.length === 0) return page;
  const rows = await forTenant(tenantId, (tx) =>
    tx.resource.findMany({ where: { cellId, nativeId }, select: { nativeId: true, facts: true, config: true } }),
  );
  const stored = new Map(rows.map(({ nativeId: id, ...content }) => [id, content as StoredContent]));
  return page.map((resource) => filled(resource, stored.get(resource.nativeId)));
}

/** A resource with its unread members as they are stored; as it is where nothing is stored. */
function filled(resource: CollectedResource, stored: StoredContent | undefined): CollectedResource {
  const { unread } = resource;
  if (!unread || !stored) return resource;
  return {
    ...resource,
    facts: { ...resource.facts, ...picked(stored.facts, Object.values(unread)) },
    config: { ...(resource.config as object), ...picked(stored.config, Object.keys(unread)) },
  };
}

function picked<Value>(from: Record<string, Value>, keys: string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
