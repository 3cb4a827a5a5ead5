import classes from "~/features/auth/auth.module.css";

const EDGE = "light-dark(#c5e1e8, #35545e)";

/** Two people talk, and a line of life goes through it. Decoration: it says nothing. */
export function Illustration() {
  return (
    <svg viewBox="0 0 460 380" className={classes.picture} aria-hidden="true" focusable="false">
      <circle cx="240" cy="190" r="168" fill="light-dark(#d5edf2, #12303a)" />
      <Bubble x={54} y={64} fill="light-dark(#ffffff, #22343a)" lines={[150, 118]} />
      <g transform="translate(176 178)">
        <rect width="236" height="104" rx="26" fill="light-dark(#0b7285, #17879e)" />
        <path d="M200 96 l28 34 l2 -46 z" fill="light-dark(#0b7285, #17879e)" />
        <path
          d="M28 56 h38 l14 -34 l24 66 l20 -46 l12 14 h72"
          fill="none"
          stroke="#ffffff"
          strokeWidth="7"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </g>
      <g transform="translate(330 50)">
        <rect width="92" height="92" rx="24" fill="light-dark(#ffffff, #22343a)" stroke={EDGE} />
        <path
          d="M46 70 C20 52 22 28 36 28 C43 28 46 34 46 38 C46 34 50 28 57 28 C71 28 72 52 46 70 z"
          fill="light-dark(#e8707f, #f08c99)"
        />
      </g>
      <g transform="translate(58 232)">
        <rect width="92" height="100" rx="22" fill="light-dark(#ffffff, #22343a)" stroke={EDGE} />
        <rect width="92" height="30" rx="15" fill="light-dark(#8fd0dd, #2b6675)" />
        <path
          d="M28 64 l13 13 l24 -26"
          fill="none"
          stroke="light-dark(#0b7285, #8fd0dd)"
          strokeWidth="8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </g>
    </svg>
  );
}

interface BubbleProps {
  x: number;
  y: number;
  fill: string;
  lines: number[];
}

function Bubble({ x, y, fill, lines }: BubbleProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M26 0 h164 a26 26 0 0 1 26 26 v44 a26 26 0 0 1 -26 26 h-124 l-50 28 l12 -30 a26 26 0 0 1 -28 -24 v-44 a26 26 0 0 1 26 -26 z"
        fill={fill}
        stroke={EDGE}
      />
      {lines.map((width, index) => (
        <rect
          key={width}
          x="32"
          y={30 + index * 24}
          width={width}
          height="12"
          rx="6"
          fill="light-dark(#bfe0e7, #3d626d)"
        />
      ))}
    </g>
  );
}
