import type { EventPaths } from '../event-paths.ts';
import type { Fact } from '../facts.ts';
import type { Notice } from '../notice.ts';
import type { FunctionSnapshot } from '../snapshot.ts';
import { sentence } from './frame-notice.ts';

/** Most of what quarantines stop in a notice. */
const MOST_SOURCES = 20;

/** Adds to the notice of a quarantine which events may be lost while it lasts. */
export function withWhatIsLost(
  notice: Notice,
  paths: Fact<EventPaths>,
  { deadLetterTargetArn }: Pick<FunctionSnapshot, 'deadLetterTargetArn'>,
): Notice {
  return { ...notice, text: [notice.text, ...whatIsLost(paths, deadLetterTargetArn)].join('\n\n') };
}

function whatIsLost(
  paths: Fact<EventPaths>,
  deadLetterTargetArn: string | undefined,
): readonly string[] {
  if ('unknown' in paths) {
    return [
      `Asynchronous events are lost if the function has no dead-letter queue or destination, and event source mappings hand nothing over. Which it has is not known: ${sentence(paths.unknown)}`,
    ];
  }
  const { onFailure = deadLetterTargetArn, sources } = paths.value;
  return [
    onFailure === undefined
      ? 'Asynchronous events are lost: it has no dead-letter queue and no destination for failures.'
      : `Asynchronous events go to ${onFailure}.`,
    ...(sources.length === 0 ? [] : [whatWaits(sources)]),
  ];
}

function whatWaits(sources: readonly string[]): string {
  const named = sources.slice(0, MOST_SOURCES).join(', ');
  const rest = sources.length - MOST_SOURCES;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `These hand nothing over until it is released, and what they keep no longer than that is lost: ${named}${more}.`;
}
