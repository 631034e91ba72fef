import type { ComponentChild } from 'preact';
import type { SubnetEgress } from '../cli/report/report.ts';

/** Each way out has a shape of its own. */
const SHAPES = {
  'internet-gateway': (
    <path d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM1.5 8h13M8 1.5c4 4 4 9 0 13M8 1.5c-4 4-4 9 0 13" />
  ),
  nat: <path d="M1.5 8h12M9.5 4l4 4-4 4M4.5 3v10" />,
  other: <path d="M2 13C2 6 6 5 13.5 5M10 1.5 13.5 5 10 8.5" />,
  none: <path d="M3.5 7h9v7.5h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7" />,
  unknown: <path d="M5 5.6C5 3.8 6.3 2.7 8 2.7s3 1.1 3 2.7c0 2.3-3 2.2-3 4.6M8 12.2v1.6" />,
} satisfies Record<SubnetEgress, ComponentChild>;

/** A shape that means a way out, to stand before its words. */
export function EgressMark({ egress }: { readonly egress: SubnetEgress }) {
  return (
    <svg class="glyph egress" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[egress]}
    </svg>
  );
}
