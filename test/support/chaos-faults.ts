import { type ErrorCode, GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { Happening } from './chaos-happenings.ts';
import type { Random } from './chaos-random.ts';

/** What goes wrong at one call. */
export type Fault = Extract<
  Happening,
  | 'throttle'
  | 'server fault'
  | 'timeout'
  | 'reset before'
  | 'reset after'
  | 'stale connection'
  | 'asked twice by the client'
  | 'refusal'
  | 'crash before a call'
  | 'crash after a call'
>;

const WEIGHTS = {
  throttle: 6,
  'server fault': 4,
  timeout: 4,
  'reset before': 3,
  'reset after': 3,
  'stale connection': 4,
  'asked twice by the client': 6,
  'crash before a call': 5,
  'crash after a call': 5,
} as const satisfies Record<Exclude<Fault, 'refusal'>, number>;

const READS: ReadonlySet<string> = new Set([
  'readRecord',
  'readSnapshot',
  'listPage',
  'readRecords',
  'readAliases',
  'readLastInvocations',
  'readSweep',
  'readHeartbeat',
  'readNetwork',
  'readRole',
  'readFunctionCode',
  'readVersions',
  'readCapacityProvider',
  'readEventPaths',
  'readInterfaceQuota',
  'readBreaker',
  'meetExemptions',
]);

/** What AWS may refuse for good. */
const REFUSABLE: ReadonlySet<string> = new Set(['attach', 'reserveConcurrency']);
const REFUSALS = 0.04;

/** Chooses what goes wrong at a call, if anything does. */
export function chooseFault(port: string, random: Random, probability: number): Fault | undefined {
  if (REFUSABLE.has(port) && random.chance(REFUSALS)) return 'refusal';
  return random.chance(probability) ? random.weighed(WEIGHTS) : undefined;
}

/** The error that an adapter throws for a fault. */
export function errorOf(port: string, fault: Fault): GuardrailError {
  return new GuardrailError(`\`${port}\` did not finish: ${fault}`, { code: codeOf(port) });
}

function codeOf(port: string): ErrorCode {
  if (READS.has(port)) return 'OBSERVATION_FAILED';
  return port === 'publish' ? 'NOTIFICATION_FAILED' : 'REMEDIATION_FAILED';
}
