/** A sentence whose parts in backticks are code. */
export function Marked({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={at} className="rounded-sm bg-inset px-1 py-px font-mono text-[0.92em] [overflow-wrap:anywhere]">
        {part}
      </code>
    ),
  );
}
