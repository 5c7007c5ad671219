import Link from "next/link";
import type { RouterOutputs } from "@/server/routers";
import { resourcesHref } from "./list-params";

/** The tags, each leading to everything that carries it. */
export function ResourceTags({
  resource: { tags, typeLabel },
}: {
  resource: Pick<RouterOutputs["resources"]["byId"], "tags" | "typeLabel">;
}) {
  if (tags === null)
    return (
      <p className="px-4 py-3 text-sm text-muted">
        Not read. CloudGuard may not read tags here; add <code className="font-mono text-xs">tag:GetResources</code> to
        the role.
      </p>
    );
  const entries = Object.entries(tags).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) return <p className="px-4 py-3 text-sm text-muted">This {typeLabel} has no tags.</p>;
  return (
    <ul className="flex flex-wrap gap-1.5 px-4 py-3">
      {entries.map(([key, value]) => (
        <li key={key} className="max-w-full">
          <Link
            href={resourcesHref({ tag: [`${key}=${value}`] })}
            className="inline-flex max-w-full rounded-sm border text-xs hover:border-accent"
          >
            <span className="shrink-0 bg-inset px-1.5 py-0.5 text-muted">{key}</span>
            <span className="truncate px-1.5 py-0.5">{value || <span className="text-faint">empty</span>}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
