import Link from "next/link";
import { gapReason } from "@/components/accounts/gap-words";
import type { RouterOutputs } from "@/server/routers";
import { resourcesHref } from "./list-params";

type Tagged = Pick<RouterOutputs["resources"]["byId"], "tags" | "typeLabel" | "accountName" | "cell">;

/** The tags, each leading to everything that carries it; where they were not read the last time, why. */
export function ResourceTags({ resource }: { resource: Tagged }) {
  const { tags, cell, accountName } = resource;
  const why =
    cell.tagFailure && gapReason({ ...cell.tagFailure, subject: "tags", types: [], regions: [], accountName }, String);
  if (tags === null) return <p className="px-4 py-3 text-sm text-muted">Not read. {why}</p>;
  return (
    <>
      {why && <p className="px-4 pt-3 text-sm text-warn">These may be out of date. {why}</p>}
      <TagList tags={tags} typeLabel={resource.typeLabel} />
    </>
  );
}

function TagList({ tags, typeLabel }: { tags: NonNullable<Tagged["tags"]>; typeLabel: string }) {
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
