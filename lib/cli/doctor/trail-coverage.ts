import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
} from '@aws-sdk/client-cloudtrail';

/** What a trail is told to log. */
export interface TrailSelectors {
  readonly basic: readonly EventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}

/** Whether the calls that the guardrail watches are among what a trail logs. */
export type Coverage =
  | { readonly kind: 'covered' }
  | { readonly kind: 'left-out'; readonly why: string }
  | { readonly kind: 'unclear'; readonly why: string };

/** The guardrail watches calls to these that change something. */
const WATCHED = ['lambda.amazonaws.com', 'ec2.amazonaws.com'];

const COVERED: Coverage = { kind: 'covered' };

/**
 * Tells whether selectors let through all management write events of Lambda and EC2.
 *
 * A trail without any logs everything.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export function coverageOf({ basic, advanced }: TrailSelectors): Coverage {
  if (basic.length === 0 && advanced.length === 0) return COVERED;
  const sources = WATCHED.map((source) => ({
    source,
    coverages: [
      ...basic.map((selector) => byBasic(selector, source)),
      ...advanced.map((selector) => byAdvanced(selector, source)),
    ],
  }));
  const short = sources.find(({ coverages }) => !coverages.some(({ kind }) => kind === 'covered'));
  if (short === undefined) return COVERED;
  const unclear = short.coverages.find(({ kind }) => kind === 'unclear');
  return unclear ?? short.coverages.at(-1) ?? COVERED;
}

function byBasic(
  {
    ReadWriteType = 'All',
    IncludeManagementEvents = true,
    ExcludeManagementEventSources = [],
  }: EventSelector,
  source: string,
): Coverage {
  if (!IncludeManagementEvents) return leftOut('its selectors leave out management events');
  if (ReadWriteType === 'ReadOnly') return leftOut('it logs calls that only read');
  return ExcludeManagementEventSources.includes(source)
    ? leftOut(`its selectors leave out ${source}`)
    : COVERED;
}

function byAdvanced({ FieldSelectors = [] }: AdvancedEventSelector, source: string): Coverage {
  const held: Readonly<Record<string, string>> = {
    eventCategory: 'Management',
    readOnly: 'false',
    eventSource: source,
  };
  const strange = FieldSelectors.find(({ Field = '' }) => held[Field] === undefined);
  const refusing = FieldSelectors.find((selector) => {
    const value = held[selector.Field ?? ''];
    return value !== undefined && !selects(selector, value);
  });
  if (refusing !== undefined)
    return leftOut(WHY[refusing.Field ?? ''] ?? `it leaves out ${source}`);
  if (strange === undefined) return COVERED;
  const why = `its selectors choose by \`${strange.Field}\`, which may leave out what is watched`;
  return { kind: 'unclear', why };
}

const WHY: Readonly<Record<string, string>> = {
  eventCategory: 'its selectors leave out management events',
  readOnly: 'it logs calls that only read',
};

/** AWS: each operator that is given has to agree; of its values one is enough, of a negated one's every. */
function selects(selector: AdvancedFieldSelector, value: string): boolean {
  const { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = selector;
  return (
    (Equals?.includes(value) ?? true) &&
    (StartsWith?.some((start) => value.startsWith(start)) ?? true) &&
    (EndsWith?.some((end) => value.endsWith(end)) ?? true) &&
    !(NotEquals?.includes(value) ?? false) &&
    !(NotStartsWith?.some((start) => value.startsWith(start)) ?? false) &&
    !(NotEndsWith?.some((end) => value.endsWith(end)) ?? false)
  );
}

function leftOut(why: string): Coverage {
  return { kind: 'left-out', why };
}
