import { redact } from '../../functions/core/redact.ts';

/** Makes one line of what somebody else wrote: it shows no secret, and steers no terminal. */
export function printable(text: string): string {
  return redact(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
