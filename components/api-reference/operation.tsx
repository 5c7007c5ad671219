import { CodeBlock } from "@/components/ui/code-block";
import { cn } from "@/components/ui/cn";
import type { ReferenceOperation } from "@/server/rest/reference";
import { FieldTable } from "./field-table";
import { Marked } from "./marked";

/** One verb of one path: what it is for, what it takes and gives, and how to call it. */
export function Operation({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, isOpen, parameters, body, status, fields, errors } = operation;
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4 rounded-lg border bg-surface">
      <header className="border-b px-4 py-3">
        <h3 id={`${id}-title`} className="font-semibold">
          <a href={`#${id}`} className="hover:text-accent">
            {summary}
          </a>
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-2 font-mono text-sm">
          <Method method={method} />
          <span className="[overflow-wrap:anywhere]">{path}</span>
          {isOpen && <span className="font-sans text-xs text-muted">no sign-in</span>}
        </p>
        {description && (
          <p className="mt-2 max-w-prose text-sm text-muted">
            <Marked text={description} />
          </p>
        )}
      </header>
      <div className="grid gap-5 p-4">
        <FieldTable title="Parameters" fields={parameters} />
        <FieldTable title="Body" fields={body} />
        <CodeBlock name="Request" code={operation.curl} />
        <CodeBlock name={`Answer, ${status}`} code={operation.answer} />
        <FieldTable title="Fields of the answer" fields={fields} isFolded />
        {errors.length > 0 && (
          <section>
            <h4 className="mb-1 text-xs font-semibold text-muted">Other answers</h4>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
              {errors.map((error) => (
                <div key={error.status} className="contents">
                  <dt className="font-mono figures">{error.status}</dt>
                  <dd className="min-w-0 text-muted">
                    <Marked text={error.description} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </article>
  );
}

const tones: Record<string, string> = { GET: "text-ok", POST: "text-accent", DELETE: "text-bad" };

export function Method({ method }: { method: string }) {
  return (
    <span className={cn("w-12 shrink-0 font-mono text-xs leading-5 font-semibold", tones[method])}>
      {method === "DELETE" ? "DEL" : method}
    </span>
  );
}
