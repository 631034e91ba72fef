import { isDeepStrictEqual } from 'node:util';
import type { Printed } from './aws-command.ts';
import type { Expectation, PageCommand } from './aws-command-page.ts';
import { query } from './aws-command-query.ts';

/** What a command showed otherwise than the page says; an error that is not announced is one. */
export function findMisses({ line, shows }: PageCommand, printed: Printed): readonly string[] {
  const isAnnounced = shows.some(({ query: asked }) => asked === 'error');
  const error = textOfError(printed);
  const unannounced = printed.error === undefined || isAnnounced ? [] : [`${line} → ${error}`];
  return [
    ...unannounced,
    ...shows
      .filter((expectation) => !isShown(expectation, printed))
      .map(({ query: asked, value }) => {
        const shown = asked === 'error' ? error : JSON.stringify(found(asked, printed));
        return `${line} → ${asked}: ${shown}, not ${value}`;
      }),
  ];
}

function isShown({ query: asked, value }: Expectation, printed: Printed): boolean {
  if (asked === 'error') return toPattern(`${value}*`).test(textOfError(printed));
  const shown = found(asked, printed);
  if (!value.includes('*')) return isDeepStrictEqual(shown, parse(value));
  const text = typeof shown === 'string' ? shown : (JSON.stringify(shown) ?? '');
  return toPattern(value).test(text);
}

function textOfError({ error }: Printed): string {
  return error === undefined ? 'no error' : `${error.name}: ${error.message}`;
}

function found(asked: string, { output }: Printed): unknown {
  return output === '' ? undefined : query(parse(output), asked);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `*` is any text. */
function toPattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
