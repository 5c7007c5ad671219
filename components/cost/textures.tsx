/** Six fills that differ without their colours: plain, stripes both ways, dots, lines and squares; the seventh is hollow. */
const textures = [
  null,
  <path key="up" d="M-2 2l4-4M0 8l8-8M6 10l4-4" />,
  <circle key="dot" cx="4" cy="4" r="1.4" fill="currentColor" stroke="none" />,
  <path key="down" d="M-2 6l4 4M0 0l8 8M6-2l4 4" />,
  <path key="lines" d="M0 4h8" />,
  <path key="grid" d="M0 4h8M4 0v8" />,
];

interface TextureProps {
  id: string;
  /** The series' place in its stack. */
  at: number;
  color: string;
  isOther: boolean;
}

/** An SVG pattern to fill a series with. */
export function Texture({ id, at, color, isOther }: TextureProps) {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill={isOther ? "var(--series-other)" : color} />
      <g className="text-surface" stroke="currentColor" strokeWidth="1.4" fill="none">
        {!isOther && textures[at % textures.length]}
      </g>
    </pattern>
  );
}

/** The same fill in small, for a legend or a table's row. */
export function Swatch(props: TextureProps) {
  return (
    <svg aria-hidden width="12" height="12" className="shrink-0 rounded-xs">
      <defs>
        <Texture {...props} />
      </defs>
      <rect width="12" height="12" fill={`url(#${props.id})`} />
    </svg>
  );
}
