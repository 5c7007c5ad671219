/** Marks what the detection before had not found. */
export function NewBadge() {
  return (
    <span
      className="rounded-sm bg-accent-soft px-1 text-2xs font-medium text-accent"
      title="The detection before had not found this."
    >
      New
    </span>
  );
}
