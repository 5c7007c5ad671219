/** The name, with its mark. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 20 20" className="size-5" aria-hidden>
        <path d="M10 1.5 17 4v5.2c0 4.3-2.8 7.6-7 9.3-4.2-1.7-7-5-7-9.3V4z" className="fill-accent" />
        <path
          d="m6.6 9.9 2.4 2.4 4.5-4.8"
          className="stroke-on-accent"
          fill="none"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      CloudGuard
    </span>
  );
}
