import Link from "next/link";
import { Logo } from "@/components/shell/logo";
import { SkipLink } from "@/components/ui/skip-link";
import type { Reference } from "@/server/rest/reference";
import { Marked } from "./marked";
import { Method, Operation } from "./operation";

/** The REST API, for whoever writes a program: everything that the OpenAPI document holds, on one page. */
export function ReferencePage({ reference: { title, introduction, groups } }: { reference: Reference }) {
  return (
    <>
      <SkipLink to="reference" />
      <header className="flex h-12 items-center gap-4 border-b bg-surface px-4">
        <Link href="/overview" aria-label="CloudGuard, overview" className="flex">
          <Logo />
        </Link>
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a document, no page */}
        <a
          href="/api/openapi.json"
          className="ml-auto text-sm font-medium text-accent underline-offset-2 hover:underline"
        >
          OpenAPI document
        </a>
      </header>
      <div className="mx-auto flex max-w-6xl gap-10 px-4 py-6">
        <nav
          aria-label="Endpoints"
          className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] w-60 shrink-0 self-start overflow-y-auto lg:block"
        >
          {groups.map(({ name, operations }) => (
            <section key={name} className="mb-5">
              <h2 className="mb-1 text-xs font-semibold text-muted">{name}</h2>
              <ul>
                {operations.map(({ id, method, summary }) => (
                  <li key={id}>
                    <a href={`#${id}`} className="flex gap-2 rounded-sm py-1 text-sm hover:text-accent">
                      <Method method={method} />
                      <span className="min-w-0">{summary}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <main id="reference" tabIndex={-1} className="min-w-0 flex-1">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {introduction.split("\n\n").map((paragraph) => (
            <p key={paragraph} className="mt-2 max-w-prose text-muted">
              <Marked text={paragraph} />
            </p>
          ))}
          {groups.map(({ name, operations }) => (
            <section key={name} aria-label={name} className="mt-8 grid gap-6">
              <h2 className="text-lg font-semibold">{name}</h2>
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </>
  );
}
