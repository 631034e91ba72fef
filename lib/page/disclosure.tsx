import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Something that shows more once it is opened: what is closed costs nothing. */
export function Disclosure(props: {
  readonly class: string;
  readonly summary: ComponentChildren;
  readonly startsOpen?: boolean;
  readonly children: () => ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(props.startsOpen ?? false);
  return (
    <details
      class={props.class}
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{props.summary}</summary>
      {isOpen && <div class="inside">{props.children()}</div>}
    </details>
  );
}
