import { z } from 'zod';
import { attachmentSchema, controlId, findingSchema, functionArn } from './finding-schema.ts';
import { interfacesSchema } from './network-schema.ts';
import { scanSchema } from './scan-schema.ts';
import { claim, count, day, list, text, texts, word } from './schema-parts.ts';

/** Where the schema is kept, relative to the repository. */
export const REPORT_SCHEMA_FILE = 'report.schema.json';

const idleSchema = z.object({
  functionArn,
  version: text('a published version; absent: `$LATEST`').exactOptional(),
  aliases: texts('the aliases that point at the version').exactOptional(),
  isListed: claim('whether the policy wants it woken'),
  canWake: word(['yes', 'no', 'unknown'], 'whether AWS could restore it'),
  whyNot: text('what speaks against it, or why nobody knows; absent where it can').exactOptional(),
  toWake: text('what it would take, in words for people'),
  lastInvokedAt: day(
    'the day (UTC) of its last invocation, of whichever version; absent where none is on record',
  ).exactOptional(),
});

const plannedSchema = z.object({
  id: text('stable: the history names it, too'),
  functionArn,
  planned: text('what is to be done, an open set such as `revert`, `quarantine` and `wake`'),
  isCounted: z
    .boolean()
    .meta({ description: 'whether it counts against `limits.accountRemediations`' }),
  target: attachmentSchema
    .meta({ description: 'where the function is to be attached; absent where that stays' })
    .exactOptional(),
});

const unknownSchema = z.object({ functionArn, reason: text('why, in words for people') });

const verdictSchema = z.object({
  functionArn,
  controlId,
  verdict: word(
    ['compliant', 'violation', 'not-applicable', 'unknown'],
    'what the control says of the function',
  ),
  reason: text('why; absent where it is compliant').exactOptional(),
});

const omittedSchema = z.object({
  findings: count('of `findings`'),
  idle: count('of `idle`'),
  remediations: count('of `remediations`'),
  unknown: count('of `unknown`'),
});

/** A report as JSON: what `rescan` and `scan` write with `--format json`. */
export const reportSchema = z.object({
  reportId: text('names this rescan or scan'),
  scanned: count('how many functions were looked at'),
  compliant: count('how many of them satisfy every control'),
  findings: list(findingSchema, 'violations and unknowns, exempt ones included and marked'),
  idle: list(idleSchema, 'functions and published versions that AWS has reclaimed'),
  interfaces: list(interfacesSchema, 'who shares the network interfaces of each VPC, in order'),
  remediations: list(
    plannedSchema,
    'what was enqueued, not what came of it; of a scan, which enqueues nothing, empty',
  ),
  withheldBy: word(
    ['breaker', 'kill-switch'],
    'what holds back the remediations that count, until an operator says go on; absent where nothing does',
  ).exactOptional(),
  waiting: texts(
    'ARNs of functions whose revert waits until AWS is done with them; absent where there is none',
  ).exactOptional(),
  unknown: list(
    unknownSchema,
    'functions of which too little is known to judge them, and those named that were not looked at',
  ),
  unmatched: texts(
    'the patterns that were asked for and that no function matches; absent where each has one',
  ).exactOptional(),
  verdicts: list(
    verdictSchema,
    'what every control says of each function; absent where nobody asked',
  ).exactOptional(),
  unfinished: z
    .object({ reason: text('why, in words for people') })
    .meta({ description: 'present where not every function was looked at' })
    .exactOptional(),
  omitted: omittedSchema
    .meta({ description: 'how many entries of each list are left out; absent where none is' })
    .exactOptional(),
  apiCalls: count('how many requests it cost; absent where nobody counted').exactOptional(),
  durationMs: z
    .number()
    .min(0)
    .meta({ description: 'how many milliseconds it took; absent where nobody measured' })
    .exactOptional(),
  scan: scanSchema
    .meta({ description: 'what only a scan sees; absent in the answer of a rescan' })
    .exactOptional(),
});

/** The JSON Schema of a report; draft 7. Members that it does not know are let through: later versions add some. */
export function toReportSchema() {
  const named = reportSchema.meta({
    title: 'report of the Lambda VPC Guardrail',
    description:
      'What `rescan` and `scan` write with `--format json`: docs/report-format.md says what stays as it is.',
  });
  return z.toJSONSchema(named, { io: 'input', target: 'draft-7' });
}
