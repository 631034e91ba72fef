import { randomBytes } from 'node:crypto';
import { callService, toFault } from '../account-core.ts';
import type { Caller } from '../identity/caller.ts';
import { roleAt, sessionOf, trustsService } from '../identity/service-session.ts';
import {
  type MessageAttribute,
  type TargetCall,
  targetKind,
  toTargetCall,
} from '../target-call.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { findGroup, type Schedules, type StoredSchedule } from './schedules.ts';
import { type Attempt, inputOf, toSeconds } from './target-input.ts';
import { assumingFor, CANNOT_ASSUME } from './target-request.ts';

/** The wait before the first retry doubles up to the longest one: neither is documented. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** One time at which a schedule calls its target. */
interface Occasion {
  readonly schedule: StoredSchedule;
  readonly dueMs: number;
  /** Called once the target was called, or nobody tries any more. */
  readonly onEnd: () => void;
}

/**
 * Calls the target of a schedule under the target's role, again and again as its retry policy has it.
 *
 * What could not be handed over in the end goes to the schedule's dead-letter queue.
 */
export function callTarget(all: Schedules, occasion: Occasion): void {
  attempt(all, occasion, 1);
}

function attempt(all: Schedules, occasion: Occasion, number: number): void {
  const { Arn } = occasion.schedule.target;
  const made = { ...occasion, number, executionId: randomBytes(8).toString('hex') };
  const text = inputOf(all.core, made);
  const call = toTargetCall(targetKind(Arn) ?? 'sqs', Arn, { text });
  const ended = perform(all, made, call).then((fault) => {
    if (fault === undefined) occasion.onEnd();
    else retry(all, occasion, { ...made, fault, call, text });
  });
  void all.core.clock.track(ended);
}

/** Answers what kept the call from being made. */
async function perform(
  all: Schedules,
  { schedule, executionId }: Attempt,
  call: TargetCall,
): Promise<AwsFault | undefined> {
  try {
    await callService(all.core, assumeRole(all, schedule, executionId), call);
    return undefined;
  } catch (error) {
    return toFault(error);
  }
}

/** The role may have been changed or deleted since the schedule was made. */
function assumeRole(all: Schedules, schedule: StoredSchedule, sessionName: string): Caller {
  const { principals } = all.core;
  const role = roleAt(principals, schedule.target.RoleArn);
  const assuming = assumingFor(findGroup(all, schedule.groupName));
  if (role !== undefined && trustsService(principals, role, assuming)) {
    return sessionOf(principals, role, sessionName);
  }
  throw new AwsFault(CANNOT_ASSUME, { code: 'AccessDeniedException', status: 403 });
}

interface FailedAttempt extends Attempt {
  readonly fault: AwsFault;
  readonly call: TargetCall;
  readonly text: string;
}

function retry(all: Schedules, occasion: Occasion, failed: FailedAttempt): void {
  const { clock } = all.core;
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (failed.number - 1), LONGEST_WAIT_MS);
  const exhausted = exhaustedBy(failed, clock.nowMs() + waitMs);
  if (exhausted === undefined) {
    clock.after(waitMs, () => attempt(all, occasion, failed.number + 1));
    return;
  }
  void clock.track(sendToDeadLetters(all, failed, exhausted).finally(occasion.onEnd));
}

function exhaustedBy({ schedule, number, dueMs }: Attempt, nextMs: number): string | undefined {
  const { MaximumRetryAttempts = 0, MaximumEventAgeInSeconds = 0 } =
    schedule.target.RetryPolicy ?? {};
  if (number > MaximumRetryAttempts) return 'MaximumRetryAttempts';
  return nextMs - dueMs > MaximumEventAgeInSeconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
async function sendToDeadLetters(
  all: Schedules,
  failed: FailedAttempt,
  exhausted: string,
): Promise<void> {
  const { schedule, executionId, call, text, fault } = failed;
  const { Arn: target, DeadLetterConfig } = schedule.target;
  if (DeadLetterConfig?.Arn === undefined) return;
  const letter = toTargetCall('sqs', DeadLetterConfig.Arn, {
    text: JSON.stringify({ ...call.input, ...('Payload' in call.input ? { Payload: text } : {}) }),
    attributes: toAttributes({
      ERROR_CODE: fault.code,
      ERROR_MESSAGE: fault.message,
      EXECUTION_ID: executionId,
      EXHAUSTED_RETRY_CONDITION: exhausted,
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: String(failed.number - 1),
      SCHEDULED_TIME: toSeconds(failed.dueMs),
      SCHEDULE_ARN: schedule.arn,
      TARGET_ARN: target,
    }),
  });
  // What cannot be put there either is lost.
  await perform(all, failed, letter);
}

function toAttributes(
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, MessageAttribute>> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [
      name,
      { DataType: 'String' as const, StringValue },
    ]),
  );
}
