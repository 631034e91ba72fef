import { printable } from '../printable.ts';

/**
 * Makes a message of code scanning of what somebody else wrote: it is no link, and has no place to be filled in.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html 3.11.5 and 3.11.6
 */
export function toMessage(text: string): { readonly text: string } {
  const plain = printable(text).replaceAll('{', '{{').replaceAll('}', '}}');
  return { text: plain.replaceAll('](', '] (') };
}
