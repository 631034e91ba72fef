import type { ComponentChildren } from 'preact';
import type { FindingFilter } from './finding-filter.ts';
import { toFragment } from './fragment.ts';
import { revealFindings } from './use-filter.ts';

/** Leads to the findings that a filter lets pass. */
export function FindingsLink(props: {
  readonly filter: Partial<FindingFilter>;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <a class={props.class} href={toFragment(props.filter)} onClick={revealFindings}>
      {props.children}
    </a>
  );
}
