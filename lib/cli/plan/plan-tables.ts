import { type Attachment, describeAttachment } from '../../../functions/core/attachment.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { functionsOf } from '../report/report-words.ts';
import {
  ACTS,
  type EndedViolation,
  type FunctionChange,
  type PlannedAct,
  type PlanReport,
  type Share,
} from './plan-report.ts';
import { sayActs } from './plan-words.ts';

/** One part of a plan, as rows of texts; nothing of what others wrote is made harmless yet. */
export interface PlanTable {
  readonly title: string;
  /** Names of columns, with how wide a terminal draws them. */
  readonly columns: readonly (readonly [head: string, width?: number])[];
  readonly rows: readonly (readonly string[])[];
}

/** Lays out all that a plan has to say, what matters most first; tables and columns that are empty are left out. */
export function tablesOf(plan: PlanReport): readonly PlanTable[] {
  return [
    violatingTable(plan),
    actsTable(plan.remediations),
    waitingTable(plan),
    betterTable(plan.changes),
    unknownTable(plan),
    ...shareTables(plan),
    notSeenTable(plan),
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(withoutEmptyColumns);
}

function withoutEmptyColumns({ title, columns, rows }: PlanTable): PlanTable {
  const isUsed = (_: unknown, index: number) => rows.some((row) => row[index] !== '');
  return {
    title,
    columns: columns.filter(isUsed),
    rows: rows.map((row) => row.filter(isUsed)),
  };
}

function violatingTable({ changes, against }: PlanReport): PlanTable {
  const begun = changes.flatMap(({ functionArn, owner = '', begins }) =>
    begins.map((violation) => ({ functionArn, owner, violation })),
  );
  const worstFirst = begun.toSorted(
    ({ violation: left }, { violation: right }) => rankOf(right) - rankOf(left),
  );
  return {
    title: 'new violations',
    columns: [['severity'], ['control'], ['function', 40], ['owner', 20], ['because', 60], ['was']],
    rows: worstFirst.map(({ functionArn, owner, violation }) => {
      const { severity, controlId, reason, before } = violation;
      const was = against === undefined ? '' : BEFORE[before];
      return [severity, controlId, functionNameOf(functionArn), owner, reason, was];
    }),
  };
}

const BEFORE = {
  nothing: 'no violation',
  exempt: 'exempt',
  unknown: 'unknown',
  less: 'less severe',
} as const satisfies Record<FunctionChange['begins'][number]['before'], string>;

function rankOf({ severity }: FunctionChange['begins'][number]): number {
  return SEVERITIES.indexOf(severity);
}

function actsTable(remediations: readonly PlannedAct[]): PlanTable {
  const worstFirst = remediations.toSorted(
    (left, right) => ACTS.indexOf(left.remediation) - ACTS.indexOf(right.remediation),
  );
  return {
    title: 'would be done',
    columns: [
      ['what'],
      ['function', 40],
      ['owner', 20],
      ['is in', 40],
      ['goes to', 40],
      ['controls', 20],
      ['counts'],
      ['by the other policy'],
    ],
    rows: worstFirst.map((act) => [
      act.remediation,
      functionNameOf(act.functionArn),
      act.owner ?? '',
      placeOf(act.from),
      act.to === undefined ? '' : describeAttachment(act.to),
      act.controlIds.join(', '),
      act.isCounted ? 'yes' : 'no',
      act.otherwise ?? '',
    ]),
  };
}

function placeOf(attachment: Attachment | undefined): string {
  return attachment === undefined ? 'no VPC' : describeAttachment(attachment);
}

function waitingTable({ waiting }: PlanReport): PlanTable {
  return {
    title: 'would be reverted once AWS is done with them',
    columns: [
      ['function', 40],
      ['owner', 20],
    ],
    rows: waiting.map(({ functionArn, owner = '' }) => [functionNameOf(functionArn), owner]),
  };
}

/** A function that newly violates one control may no longer violate another. */
function betterTable(changes: readonly FunctionChange[]): PlanTable {
  const better = changes.filter(({ change, ends }) => {
    return change !== 'newly-unknown' && (change !== 'newly-violating' || ends.length > 0);
  });
  return {
    title: 'newly compliant or exempt, or with fewer violations',
    columns: [['function', 40], ['owner', 20], ['was'], ['is'], ['no longer violates', 50]],
    rows: better.map(({ functionArn, owner = '', before = '', after, ends }) => {
      return [functionNameOf(functionArn), owner, before, after, ends.map(sayEnded).join(', ')];
    }),
  };
}

function sayEnded({ controlId, severity, now }: EndedViolation): string {
  return `${controlId} (${severity}${now === 'nothing' ? '' : `, now ${now}`})`;
}

function unknownTable({ unknown, changes }: PlanReport): PlanTable {
  const newly = new Set(
    changes
      .filter(({ change }) => change === 'newly-unknown')
      .map(({ functionArn }) => functionArn),
  );
  return {
    title: 'not judged in full',
    columns: [['function', 40], ['because', 80], ['new']],
    rows: [...functionsOf(unknown)].map(([functionArn, reasons]) => [
      functionNameOf(functionArn),
      reasons.join('; '),
      newly.has(functionArn) ? 'yes' : '',
    ]),
  };
}

function shareTables({ blastRadius: { ownerTag, byOwner, byVpc } }: PlanReport): PlanTable[] {
  const tables: PlanTable[] = [
    {
      title: 'by VPC',
      columns: [['VPC', 40], ...SHARE_COLUMNS],
      rows: byVpc.map(({ vpcId = 'no VPC', ...share }) => [vpcId, ...shareOf(share)]),
    },
  ];
  if (ownerTag === undefined) return tables;
  const owners: PlanTable = {
    title: `by owner, as tag ${ownerTag} says`,
    columns: [['owner', 40], ...SHARE_COLUMNS],
    rows: byOwner.map(({ owner = '(without the tag)', ...share }) => [owner, ...shareOf(share)]),
  };
  return [owners, ...tables];
}

const SHARE_COLUMNS = [['functions'], ['newly violating'], ['would be done', 50]] as const;

function shareOf(share: Share): readonly string[] {
  return [`${share.functions}`, `${share.newlyViolating}`, sayActs(share)];
}

function notSeenTable({ notSeen }: PlanReport): PlanTable {
  return {
    title: 'not seen',
    columns: [
      ['what', 40],
      ['because', 60],
      ['so', 50],
    ],
    rows: notSeen.map(({ what, because, so }) => [what, because, so]),
  };
}
