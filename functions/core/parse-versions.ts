import type { ChangeEvent } from './change-event.ts';
import { isRecord, type JsonRecord } from './json-value.ts';

const NUMBER = /^[1-9]\d{0,19}$/;

/** Reads which published versions a record names: the one that a call made, or those that an alias points at. */
export function parseVersions(
  request: JsonRecord,
  response: JsonRecord,
): Pick<ChangeEvent, 'versions'> {
  const named = [
    response['version'],
    ...[request, response].flatMap((part) => [part['functionVersion'], ...weighted(part)]),
  ];
  const versions = named.filter(
    (value): value is string => typeof value === 'string' && NUMBER.test(value),
  );
  return versions.length === 0 ? {} : { versions: [...new Set(versions)] };
}

/** The versions that get a share of an alias's invocations. */
function weighted({ routingConfig }: JsonRecord): readonly string[] {
  const weights = isRecord(routingConfig) ? routingConfig['additionalVersionWeights'] : undefined;
  return isRecord(weights) ? Object.keys(weights) : [];
}
