/** The first thing that Tab reaches: past the navigation. */
export function SkipLink({ to }: { to: string }) {
  return (
    <a
      href={`#${to}`}
      className="sr-only z-60 rounded-md border bg-raised px-3 py-2 text-sm font-medium shadow-lift focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      Skip to the content
    </a>
  );
}
