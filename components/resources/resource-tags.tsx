import Link from "next/link";
import type { RouterOutputs } from "@/server/routers";
import { resourcesHref } from "./list-params";

/** The tags, each leading to everything that carries it. */
export function ResourceTags({ resource: { tags, typeLabel } }: { resource: Pick<RouterOutputs["resources"]["byId"], "tags" | "typeLabel"> }) {
  if (tags === null)
    return (
      <p className="text-muted px-4 py-3 text-sm">
        Not read. CloudGuard may not read tags here; add <code className="font-mono text-xs">tag:GetResources</code> to the role.
      </p>
    );
  const entries = Object.entries(tags).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) return <p className="text-muted px-4 py-3 text-sm">This {typeLabel} has no tags.</p>;
  return (
    <ul className="flex flex-wrap gap-1.5 px-4 py-3">
      {entries.map(([key, value]) => (
        <li key={key} className="max-w-full">
          <Link href={resourcesHref({ tag: [`${key}=${value}`] })} className="hover:border-accent inline-flex max-w-full rounded-sm border text-xs">
            <span className="bg-inset text-muted shrink-0 px-1.5 py-0.5">{key}</span>
            <span className="truncate px-1.5 py-0.5">{value || <span className="text-faint">empty</span>}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
