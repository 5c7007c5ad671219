import { Disclosure } from "@/components/ui/disclosure";
import type { SchemaField } from "@/server/rest/schema-fields";
import { Marked } from "./marked";

/** Fields with their types and meanings; nothing where there are none. A long list may begin folded. */
export function FieldTable({
  title,
  fields,
  isFolded = false,
}: {
  title: string;
  fields: SchemaField[];
  isFolded?: boolean;
}) {
  if (fields.length === 0) return null;
  const table = (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-b text-xs text-muted">
            {["Name", "Type", "Meaning"].map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, isRequired, description, default: otherwise }) => (
            <tr key={name} className="border-b align-top last:border-0">
              <th scope="row" className="py-1.5 pr-4 font-mono text-xs leading-5 font-medium whitespace-nowrap">
                {name}
              </th>
              <td className="max-w-56 py-1.5 pr-4 text-xs leading-5 text-muted">{type}</td>
              <td className="py-1.5 text-muted">
                <Marked
                  text={[description, !isRequired && !isFolded && optional(otherwise)].filter(Boolean).join(" ")}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (!isFolded)
    return (
      <section>
        <h4 className="mb-1 text-xs font-semibold text-muted">{title}</h4>
        {table}
      </section>
    );
  return (
    <Disclosure
      className="-mx-2 rounded-md px-2 py-1 text-xs"
      summary={
        <span className="leading-5 font-semibold text-muted">
          {title} ({fields.length})
        </span>
      }
    >
      {table}
    </Disclosure>
  );
}

const optional = (otherwise: string | null) => (otherwise ? `Optional, default \`${otherwise}\`.` : "Optional.");
