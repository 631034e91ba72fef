import { redact } from '../../functions/core/redact.ts';

/** Controls, line ends, and what turns the direction of the text that follows. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Makes one line of what somebody else wrote: it shows no secret, steers no terminal, and turns no other text. */
export function printable(text: string): string {
  return redact(text).replaceAll(STEERING, ' ');
}
