import type { StandingCounts } from './model.ts';
import { grouped, STANDING_WORDS, STANDINGS } from './words.ts';

/** How functions stand, as parts of one bar; read out in words. */
export function StandingBar(props: { readonly counts: StandingCounts; readonly class?: string }) {
  const parts = STANDINGS.filter((standing) => props.counts[standing] > 0);
  const words = parts.map((one) => `${grouped(props.counts[one])} ${STANDING_WORDS[one]}`);
  return (
    <span class={`standing-bar ${props.class ?? ''}`} role="img" aria-label={words.join(', ')}>
      {parts.map((standing) => (
        <span
          key={standing}
          class={`part part-${standing}`}
          style={{ flexGrow: props.counts[standing] }}
        />
      ))}
    </span>
  );
}
