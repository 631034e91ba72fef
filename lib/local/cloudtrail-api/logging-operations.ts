import {
  GetTrailStatus$,
  type GetTrailStatusRequest,
  type GetTrailStatusResponse,
  StartLogging$,
  type StartLoggingRequest,
  StopLogging$,
  type StopLoggingRequest,
} from '@aws-sdk/client-cloudtrail';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineRead, defineWrite } from './define-trails.ts';
import { findTrail, type Trail, type Trails } from './trails.ts';

const byName = ({ Name }: { readonly Name: string }) => Name;

/** The operations that start and stop trails, and say whether they log. */
export function loggingOperations(trails: Trails): readonly Operation[] {
  return [
    defineRead<Given<GetTrailStatusRequest, 'Name'>, GetTrailStatusResponse>(
      GetTrailStatus$,
      trails,
      { on: byName, handle: ({ Name }) => toStatus(findTrail(trails, Name)) },
    ),
    defineWrite<Given<StartLoggingRequest, 'Name'>, void>(StartLogging$, trails, {
      on: byName,
      handle: ({ Name }, { nowMs }) => {
        const trail = findTrail(trails, Name);
        if (trail.isLogging) return;
        trails.byName.set(trail.name, { ...trail, isLogging: true, startedMs: nowMs });
      },
    }),
    defineWrite<Given<StopLoggingRequest, 'Name'>, void>(StopLogging$, trails, {
      on: byName,
      handle: ({ Name }, { nowMs }) => {
        const trail = findTrail(trails, Name);
        if (!trail.isLogging) return;
        trails.byName.set(trail.name, { ...trail, isLogging: false, stoppedMs: nowMs });
      },
    }),
  ];
}

/** Nothing is delivered here, so nothing is told of deliveries. */
function toStatus({ isLogging, startedMs, stoppedMs }: Trail): GetTrailStatusResponse {
  return {
    IsLogging: isLogging,
    ...(startedMs === undefined
      ? {}
      : { StartLoggingTime: new Date(startedMs), TimeLoggingStarted: toSeconds(startedMs) }),
    ...(stoppedMs === undefined
      ? {}
      : { StopLoggingTime: new Date(stoppedMs), TimeLoggingStopped: toSeconds(stoppedMs) }),
  };
}

function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
