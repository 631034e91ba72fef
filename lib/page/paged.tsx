import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { grouped } from './words.ts';

const PAGE = 100;

/** A list that shows its beginning, and more on request. */
export function Paged<Item>(props: {
  readonly class: string;
  readonly items: readonly Item[];
  readonly render: (item: Item) => ComponentChildren;
  readonly size?: number;
}) {
  const { items, size = PAGE } = props;
  const [shown, setShown] = useState(size);
  const rest = items.length - shown;
  return (
    <>
      <ul class={props.class}>{items.slice(0, shown).map(props.render)}</ul>
      {rest > 0 && (
        <button type="button" class="more" onClick={() => setShown(shown + size)}>
          Show {grouped(Math.min(size, rest))} more of {grouped(rest)}
        </button>
      )}
    </>
  );
}
