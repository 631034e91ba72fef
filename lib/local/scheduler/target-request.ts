import type { Target } from '@aws-sdk/client-scheduler';
import { roleAt, trustsService } from '../identity/service-session.ts';
import { targetKind } from '../target-call.ts';
import { constraintBroken, invalid } from './scheduler-faults.ts';
import type { Schedules, ScheduleTarget, StoredGroup } from './schedules.ts';

/** What a target may have here: everything else is for targets that there are not. */
const SUPPORTED = ['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'DeadLetterConfig'];
const ROLE_PATTERN = 'arn:aws[a-z-]*:iam::\\d{12}:role\\/[a-zA-Z0-9+=,.@\\-_/]+';

/** What AWS answers for a target that says nothing of retries. */
const DEFAULT_RETRIES = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

/** How the scheduler becomes a target's role: AWS asks the trust policy with the group, not with the schedule. */
export function assumingFor({ arn }: StoredGroup) {
  return { service: 'scheduler.amazonaws.com', sourceArn: arn };
}

/** The target that a request names, checked. */
export function readTarget(all: Schedules, group: StoredGroup, given: Target): ScheduleTarget {
  const { Arn = '', RoleArn = '', RetryPolicy, DeadLetterConfig } = given;
  const unsupported = Object.keys(given).find((name) => !SUPPORTED.includes(name));
  if (unsupported !== undefined) {
    throw invalid(
      `Target.${unsupported} is not valid: the local account supports ${SUPPORTED.join(', ')}.`,
    );
  }
  checkArn(Arn);
  if (targetKind(Arn) === undefined) {
    throw invalid(
      `Target.Arn is not valid: the local account calls functions, topics and standard queues only, not \`${Arn}\`.`,
    );
  }
  checkDeadLetters(DeadLetterConfig?.Arn);
  checkRole(all, group, RoleArn);
  const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: attempts } = RetryPolicy ?? {};
  checkBetween('target.retryPolicy.maximumEventAgeInSeconds', age, [60, 86_400]);
  checkBetween('target.retryPolicy.maximumRetryAttempts', attempts, [0, 185]);
  return { ...given, Arn, RoleArn, RetryPolicy: { ...DEFAULT_RETRIES, ...RetryPolicy } };
}

/** Refuses a number that is out of its range. */
export function checkBetween(
  member: string,
  value: number | undefined,
  [min, max]: readonly [number, number],
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const constraint =
    value > max
      ? `Member must have value less than or equal to ${max}`
      : `Member must have value greater than or equal to ${min}`;
  throw constraintBroken(member, value, constraint);
}

function checkArn(arn: string): void {
  if (/^arn:[\w-]+:[\w-]+:[\w-]*:\d{0,12}:.+$/.test(arn)) return;
  throw invalid(`Provided Arn is not in correct format: ${arn}`);
}

function checkDeadLetters(arn: string | undefined): void {
  if (arn === undefined || targetKind(arn) === 'sqs') return;
  throw invalid(`The dead-letter queue must be a standard queue, not \`${arn}\`.`);
}

function checkRole({ core }: Schedules, group: StoredGroup, roleArn: string): void {
  if (!new RegExp(`^${ROLE_PATTERN}$`).test(roleArn)) {
    const constraint = `Member must satisfy regular expression pattern: ${ROLE_PATTERN}`;
    throw constraintBroken('target.roleArn', roleArn, constraint);
  }
  const role = roleAt(core.principals, roleArn);
  if (role !== undefined && trustsService(core.principals, role, assumingFor(group))) return;
  throw invalid(CANNOT_ASSUME);
}

/** AWS's words for a role that the scheduler cannot become. */
export const CANNOT_ASSUME =
  'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';
