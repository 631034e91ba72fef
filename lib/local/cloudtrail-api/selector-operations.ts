import {
  type AdvancedEventSelector,
  type AdvancedFieldSelector,
  type EventSelector,
  GetEventSelectors$,
  type GetEventSelectorsRequest,
  type GetEventSelectorsResponse,
  PutEventSelectors$,
  type PutEventSelectorsRequest,
  type PutEventSelectorsResponse,
} from '@aws-sdk/client-cloudtrail';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { cloudtrailFault } from './cloudtrail-faults.ts';
import { defineRead, defineWrite } from './define-trails.ts';
import { DEFAULT_SELECTORS } from './logged-events.ts';
import { findTrail, type Selectors, type Trails } from './trails.ts';

type PutInput = Given<PutEventSelectorsRequest, 'TrailName'>;

const MOST_SELECTORS = 5;
const READ_WRITE_TYPES = ['All', 'ReadOnly', 'WriteOnly'];
/** AWS: no other source of management events can be left out. */
const EXCLUDABLE = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** The operations on what a trail logs. */
export function selectorOperations(trails: Trails): readonly Operation[] {
  return [
    defineRead<Given<GetEventSelectorsRequest, 'TrailName'>, GetEventSelectorsResponse>(
      GetEventSelectors$,
      trails,
      {
        on: ({ TrailName }) => TrailName,
        handle: ({ TrailName }) => {
          const { arn, selectors = { basic: DEFAULT_SELECTORS } } = findTrail(trails, TrailName);
          return { TrailARN: arn, ...toView(selectors) };
        },
      },
    ),
    defineWrite<PutInput, PutEventSelectorsResponse>(PutEventSelectors$, trails, {
      on: ({ TrailName }) => TrailName,
      handle: (input) => {
        const trail = findTrail(trails, input.TrailName);
        const selectors = readSelectors(input);
        trails.byName.set(trail.name, { ...trail, selectors });
        return { TrailARN: trail.arn, ...toView(selectors) };
      },
    }),
  ];
}

function toView(selectors: Selectors): Omit<GetEventSelectorsResponse, 'TrailARN'> {
  return 'basic' in selectors
    ? { EventSelectors: [...selectors.basic] }
    : { AdvancedEventSelectors: [...selectors.advanced] };
}

function readSelectors({ EventSelectors: basic, AdvancedEventSelectors: advanced }: PutInput) {
  if ((basic === undefined) === (advanced === undefined)) {
    throw invalid('exactly one of EventSelectors and AdvancedEventSelectors has to be given');
  }
  const count = (basic ?? advanced ?? []).length;
  if (count < 1 || count > MOST_SELECTORS) {
    throw invalid(`1 to ${MOST_SELECTORS} selectors are expected, and ${count} were given`);
  }
  if (basic !== undefined) return { basic: basic.map(readBasic) };
  for (const selector of advanced ?? []) checkAdvanced(selector);
  return { advanced: advanced ?? [] };
}

function readBasic({
  ReadWriteType = 'All',
  IncludeManagementEvents = true,
  DataResources = [],
  ExcludeManagementEventSources = [],
}: EventSelector): EventSelector {
  if (!READ_WRITE_TYPES.includes(ReadWriteType)) {
    throw invalid(
      `ReadWriteType is ${ReadWriteType}, and not one of ${READ_WRITE_TYPES.join(', ')}`,
    );
  }
  if (DataResources.length > 0) throw invalid('the local account records no data events');
  checkExcluded(ExcludeManagementEventSources);
  return { ReadWriteType, IncludeManagementEvents, DataResources, ExcludeManagementEventSources };
}

function checkAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): void {
  const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory');
  if (category === undefined) throw invalid('eventCategory is required');
  if (String(category.Equals) !== 'Management') {
    throw invalid('the local account records management events only');
  }
  for (const selector of FieldSelectors) checkField(selector);
}

/** By field of management events: whether it can be selected like that. */
const FIELDS: Readonly<Record<string, (selector: AdvancedFieldSelector) => boolean>> = {
  eventCategory: ({ Equals, NotEquals }) => Equals !== undefined && NotEquals === undefined,
  readOnly: ({ Equals, NotEquals }) =>
    /^(true|false)$/.test(String(Equals)) && NotEquals === undefined,
  eventSource: ({ Equals, NotEquals }) => NotEquals !== undefined && Equals === undefined,
};

function checkField(selector: AdvancedFieldSelector): void {
  const { Field = '', Equals, NotEquals, ...others } = selector;
  const isPlain = Object.values(others).every((values) => values === undefined);
  if (!isPlain || FIELDS[Field]?.(selector) !== true) {
    throw invalid(`${Field} cannot be selected like that for management events`);
  }
  checkExcluded(NotEquals ?? []);
}

function checkExcluded(sources: readonly string[]): void {
  const stray = sources.find((source) => !EXCLUDABLE.includes(source));
  if (stray === undefined) return;
  throw invalid(`${stray} cannot be left out: only ${EXCLUDABLE.join(' and ')} can`);
}

function invalid(reason: string): Error {
  return cloudtrailFault(
    'InvalidEventSelectorsException',
    `Event selectors are not valid: ${reason}.`,
  );
}
