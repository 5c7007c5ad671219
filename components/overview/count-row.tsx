import type { ReactNode } from "react";

/** A name and its figure, and between them a note, or a bar of its share of the largest that begins at zero. */
export function CountRow({
  name,
  note,
  share,
  children,
}: {
  name: ReactNode;
  note?: ReactNode;
  share: number;
  children: ReactNode;
}) {
  return (
    <li className="grid h-8 grid-cols-[minmax(0,1fr)_auto_4.5rem] items-center gap-x-3 px-4 text-sm hover:bg-hover">
      <span className="min-w-0 truncate">{name}</span>
      {note ?? (
        <span aria-hidden className="w-20 max-sm:hidden">
          <span
            className="block h-1.5 rounded-full bg-line-strong"
            style={{ width: `${share > 0 ? Math.max(2, share * 100) : 0}%` }}
          />
        </span>
      )}
      <span className="col-start-3 text-right">{children}</span>
    </li>
  );
}
