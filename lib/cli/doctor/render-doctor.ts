import { createColors } from 'picocolors';
import { printable } from '../printable.ts';
import type { Answer, Checkup } from './checkup.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What has to be done comes first, what is well last. */
const ORDER: readonly Answer[] = ['bad', 'unknown', 'off', 'good'];

type Colors = ReturnType<typeof createColors>;

/** Writes a diagnosis for people: one check a line, and its fix below, to be copied. */
export function renderDoctor(
  { account, region, stack, table, answers, checks }: Diagnosis,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const place = table === undefined ? `stack \`${stack}\`` : `table \`${table}\``;
  const counts = ORDER.map((answer) => `${answers[answer]} ${answer}`).join(', ');
  const head = printable(`account ${account}, region ${region}, ${place}: ${counts}`);
  const lines = ORDER.flatMap((answer) =>
    checks.filter((check) => check.answer === answer).map((check) => renderCheck(check, colors)),
  );
  return `${head}\n\n${lines.join('')}`;
}

function renderCheck(check: Checkup, colors: Colors): string {
  const { topic, subject = '', answer, fix } = check;
  const tones = {
    bad: colors.red,
    unknown: colors.yellow,
    off: colors.dim,
    good: colors.green,
  };
  const what = onOneLine(`${topic} ${subject}`.trim());
  const line = `${tones[answer](answer.padEnd(7))}  ${what}: ${saySeen(check)}\n`;
  return fix === undefined ? line : `${line}         → ${onOneLine(fix)}\n`;
}

/** Of places that calls go to only the host is known, and that is no secret. */
function saySeen({ topic, seen }: Checkup): string {
  return topic === 'endpoint' ? onOneLine(seen) : printable(seen);
}

/** A command stays as it is typed: it holds names, and nothing that somebody else chose freely. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
