import type { ChangeEvent } from './change-event.ts';

/** The key of the tag whose event has to come back through the trail and the rule. */
export const HEARTBEAT_TAG = 'lambda-vpc-guardrail:heartbeat';

const WHOLE_NUMBER = /^\d{1,15}$/;

/** When the heartbeat was sent that a change carries; undefined where it carries none. */
export function heartbeatOf({ tags }: ChangeEvent): number | undefined {
  const sent = tags?.[HEARTBEAT_TAG] ?? '';
  return WHOLE_NUMBER.test(sent) ? Number(sent) : undefined;
}
