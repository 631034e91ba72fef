import { z } from 'zod';
import { actorSchema, attachmentSchema, controlId, functionArn } from './finding-schema.ts';
import { networkSchema } from './network-schema.ts';
import { count, list, text, time, word } from './schema-parts.ts';

const policySchema = z.object({
  file: text('as it was named'),
  hash: text('equal policies have the same'),
  mode: word(['audit', 'enforce'], 'what the policy asks for; a scan changes nothing in either'),
});

const notSeenSchema = z.object({
  what: text('the permissions that it takes, such as `lambda:GetFunction`'),
  because: text('what AWS said'),
  so: text('what the report says less of, for people'),
});

const reportedFunctionSchema = z.object({
  functionArn,
  standing: word(
    ['compliant', 'violation', 'exempt', 'unknown'],
    'how it stands, taking all controls together',
  ),
  attachment: attachmentSchema.meta({ description: 'absent where it is detached' }).exactOptional(),
  state: text('an open set, such as `Active`; absent where it was not read').exactOptional(),
  owner: text(
    "the value of the policy's owner tag; absent where there is none, or where tags were not read",
  ).exactOptional(),
  isStopped: z
    .literal(true)
    .meta({ description: 'present where its reserved concurrency is 0' })
    .exactOptional(),
});

const remediationSchema = z.object({
  at: time('when it happened'),
  functionArn,
  event: word(
    [
      'attached',
      'violation',
      'decided',
      'done',
      'landed',
      'failed',
      'refused',
      'conflict',
      'dropped',
      'withheld',
      'lifted',
      'resolved',
      'baseline',
      'deleted',
    ],
    'what happened to the function, or was decided about it: docs/cli-explain.md tells them',
  ),
  why: text('in words for people, to follow «because»'),
  remediation: text(
    'what was decided or done, an open set; absent where it was none',
  ).exactOptional(),
  controlIds: z
    .array(controlId)
    .meta({ description: 'the controls that it is about; absent where it is about none' })
    .exactOptional(),
  who: actorSchema.meta({ description: 'who did it; absent where nobody knows' }).exactOptional(),
});

const regionSchema = z.object({
  region: text('such as `eu-west-1`'),
  functions: count('how many functions it has; absent where nobody could count').exactOptional(),
  because: text('why nobody could count').exactOptional(),
});

/** What a scan tells beyond a rescan's answer. */
export const scanSchema = z.object({
  account: text('the account that was looked at'),
  region: text('the region that was looked at'),
  observedAt: time('when the scan ended'),
  policy: policySchema.meta({ description: 'the policy that was judged by' }),
  notSeen: list(notSeenSchema, 'what could not be seen; empty where everything was'),
  functions: list(reportedFunctionSchema, 'every function that was asked for, in order'),
  networks: list(networkSchema, 'every VPC that a function is attached to, in order'),
  timeline: list(
    remediationSchema,
    'what the guardrail did lately, the newest last; absent where its table was not read',
  ).exactOptional(),
  regions: list(
    regionSchema,
    'how many functions each enabled region has, in order; absent where nobody asked',
  ).exactOptional(),
});
