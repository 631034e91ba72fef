import type { ComponentChild } from 'preact';
import type { Severity } from '../../functions/core/policy.ts';
import type { Standing } from '../cli/report/report.ts';
import { STANDING_WORDS } from './words.ts';

/** Each has a shape of its own: who sees no colors tells them apart, too. */
const SHAPES = {
  critical: <path d="M1.5 1.5h13v13h-13zM7 3.6v5.6h2V3.6zM7 10.6v2h2v-2z" fill-rule="evenodd" />,
  high: <path d="M8 1.2 15.4 14.5H.6z" />,
  medium: <path d="M8 .8 15.2 8 8 15.2.8 8z" />,
  low: <circle cx="8" cy="8" r="5" class="line" />,
  violation: (
    <path d="M3.4 1 8 5.6 12.6 1 15 3.4 10.4 8 15 12.6 12.6 15 8 10.4 3.4 15 1 12.6 5.6 8 1 3.4z" />
  ),
  unknown: (
    <path d="M5 5.6C5 3.8 6.3 2.7 8 2.7s3 1.1 3 2.7c0 2.3-3 2.2-3 4.6M8 12.2v1.6" class="line" />
  ),
  exempt: <path d="M8 1.4 14 3.6v4c0 3.6-2.6 6-6 7-3.4-1-6-3.4-6-7v-4z" class="line" />,
  compliant: <path d="m2 8.6 4 4 8-9" class="line" />,
} satisfies Record<Severity | Standing, ComponentChild>;

/** A shape that means a severity or a standing, to stand before its word. */
export function Glyph({ kind }: { readonly kind: keyof typeof SHAPES }) {
  return (
    <svg class={`glyph tone-${kind}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[kind]}
    </svg>
  );
}

/** A severity in shape and word. */
export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return (
    <span class={`badge tone-${severity}`}>
      <Glyph kind={severity} />
      {severity}
    </span>
  );
}

/** How a function stands, as a shape that is read out. */
export function StandingMark({ standing }: { readonly standing: Standing }) {
  return (
    <>
      <Glyph kind={standing} />
      <span class="spoken">{STANDING_WORDS[standing]}: </span>
    </>
  );
}
