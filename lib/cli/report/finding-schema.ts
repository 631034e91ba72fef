import { z } from 'zod';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { day, text, texts, time, word } from './schema-parts.ts';

/** The function that something is about. */
export const functionArn = text("the function's ARN, without a qualifier");

/** The control that something is about. */
export const controlId = text('the control, such as `LVG.1`: docs/controls.md has them all');

/** Subnets, groups and VPC of one function. */
export const attachmentSchema = z.object({
  vpcId: text('absent where it is detached, and where the source did not name it').exactOptional(),
  subnetIds: texts('in order, each once; empty where it is detached'),
  securityGroupIds: texts('in order, each once; empty where it is detached'),
  ipv6AllowedForDualStack: z
    .boolean()
    .meta({ description: 'whether it may use IPv6 in dual-stack subnets' }),
});

/** Who made a call. */
export const actorSchema = z.object({
  principalArn: text(
    "the user's ARN, or the role's of an assumed role; absent where the record names none",
  ).exactOptional(),
  accountId: text('the account of the caller').exactOptional(),
  sessionName: text('the session of an assumed role').exactOptional(),
  invokedBy: text(
    "the service that called on somebody's behalf, such as `cloudformation.amazonaws.com`",
  ).exactOptional(),
  userAgent: text('what the caller called with').exactOptional(),
});

const exemptionSchema = z.object({
  owner: text('who answers for it'),
  reason: text('why it is needed'),
  expires: day('the last day that it covers, in UTC'),
});

/** A violation, or something that a control cannot tell. */
export const findingSchema = z.object({
  id: text('stable for the same function, control and attachment'),
  controlId,
  statement: text('document and statement that decided; absent where none did').exactOptional(),
  functionArn,
  verdict: word(
    ['violation', 'unknown'],
    '`unknown` where the control cannot tell: nothing is done about it',
  ),
  severity: word(SEVERITIES, 'how much a violation of the control matters, by the policy'),
  reason: text('why, in words for people'),
  attachment: attachmentSchema.meta({ description: 'where the function is' }),
  baseline: attachmentSchema
    .meta({
      description: 'the last attachment that was good and that AWS ran; absent where none is known',
    })
    .exactOptional(),
  actor: actorSchema
    .meta({ description: 'who made the control say no; absent where nobody knows' })
    .exactOptional(),
  exemption: exemptionSchema
    .meta({ description: 'present where somebody answers for it: nothing is done about it' })
    .exactOptional(),
  remediation: text('what is done about it, or `none`; an open set'),
  eventId: text(
    'the event that made the control say no; absent where none is known',
  ).exactOptional(),
  observedAt: time('when the function was looked at'),
});
