import { describeAttachment, isDetached } from '../../../functions/core/attachment.ts';
import { nameSome } from '../../../functions/core/name-some.ts';
import { counted } from '../operator/counted.ts';
import { sayDrift } from './drift.ts';
import type { Choice, LiveExemption, LiveFunction, LiveRemediation } from './live.ts';
import type { Row } from './record-words.ts';

const NOT_SEEN = 'not seen';
const MOST_NAMED = 10;

/** Says what a function is. */
export function stateRows(live: LiveFunction): readonly Row[] {
  const { role, owner, reservedConcurrency, unseen, isOwn } = live;
  const seen = (member: string, words: string): string =>
    unseen.includes(member) ? NOT_SEEN : words;
  return [
    ['state', [seen('state', sayState(live))]],
    ['role', [role]],
    ['owner', [seen('owner', owner ?? 'no tag that the policy names says who')]],
    ['reserved', [seen('reservedConcurrency', sayReserved(reservedConcurrency))]],
    ...(isOwn === true ? [['guardrail', ['it is one of its own functions']] as const] : []),
  ];
}

/** Says where it is attached, and how that differs from where it should be. */
export function attachmentRows({
  attachment,
  attachedBy,
  baseline,
  drift,
  unseen,
}: LiveFunction): readonly Row[] {
  const by = attachedBy && `by ${attachedBy.principalArn}, with ${attachedBy.call}`;
  const none = unseen.includes('baseline') ? NOT_SEEN : 'none is known: a revert has nowhere to go';
  const place = baseline === undefined ? none : describeAttachment(baseline);
  const isThere = baseline !== undefined && drift === undefined;
  return [
    ['attachment', [describeAttachment(attachment), ...(by === undefined ? [] : [by])]],
    ['baseline', [isThere ? 'where it is' : place]],
    ...(drift === undefined ? [] : [['drift', sayDrift(drift)] as const]),
  ];
}

/** Says who has the same network interfaces. */
export function sharingRows({ sharing, attachment }: LiveFunction): readonly Row[] {
  if (isDetached(attachment)) return [];
  if (sharing === undefined) return [['', ['not known: the other functions were not listed']]];
  const { subnets, interfacesInVpc, quota } = sharing;
  const limit = quota === undefined ? '' : ` of ${quota} that it may have`;
  return [
    ...subnets.map(
      ({ subnetId, functions, names }): Row => [subnetId, [sayOthers(functions, names)]],
    ),
    [attachment.vpcId ?? 'its VPC', [`${counted(interfacesInVpc, 'network interface')}${limit}`]],
  ];
}

/** Says which exemptions name it. */
export function exemptionRows(exemptions: readonly LiveExemption[]): readonly Row[] {
  return exemptions.map(({ controls, owner, expires, reason, isInForce, because }) => [
    controls.join(', '),
    [
      `until ${expires}: ${owner} answers for it`,
      reason,
      isInForce ? 'it is in force' : `it does not count: ${because}`,
    ],
  ]);
}

/** Says what the guardrail would do. */
export function remediationRows({ isOwn, remediation, unseen }: LiveFunction): readonly Row[] {
  if (isOwn === true) return [['', ['nothing, ever: it is one of its own functions']]];
  if (remediation === undefined)
    return [
      [
        '',
        [
          `not known: ${unseen.includes('baseline') ? 'its record' : 'its state'} could not be read`,
        ],
      ],
    ];
  const { mode, inMode, inEnforce } = remediation;
  const held = sayHeld(remediation);
  const isSame = sayChoice(inMode).join() === sayChoice(inEnforce).join();
  return [
    [isSame && mode === 'audit' ? 'in any mode' : `mode ${mode}`, sayChoice(inMode)],
    ...(isSame ? [] : [['in enforce', sayChoice(inEnforce)] as const]),
    ...(held.length === 0 ? [] : [['run time', held] as const]),
  ];
}

function sayState({
  state,
  stateReasonCode,
  lastUpdateStatus,
  lastUpdateStatusReasonCode,
}: LiveFunction): string {
  const because = stateReasonCode === undefined ? '' : ` (${stateReasonCode})`;
  const why = lastUpdateStatusReasonCode === undefined ? '' : ` (${lastUpdateStatusReasonCode})`;
  const update = lastUpdateStatus === undefined ? '' : `, last update ${lastUpdateStatus}${why}`;
  return `${state}${because}${update}`;
}

function sayReserved(reservedConcurrency: number | undefined): string {
  if (reservedConcurrency === undefined) return 'no concurrency';
  return reservedConcurrency === 0
    ? 'concurrency 0: it does not run'
    : `concurrency ${reservedConcurrency}`;
}

function sayOthers(functions: number, names: readonly string[]): string {
  if (functions === 0) return 'no other function';
  const unnamed = Array.from({ length: Math.max(0, functions - names.length) }, () => '');
  return `${counted(functions, 'other')}: ${nameSome([...names, ...unnamed], Math.min(MOST_NAMED, names.length))}`;
}

function sayChoice({ kind, reason, wanted, target }: Choice): readonly string[] {
  const what = kind === 'none' ? 'nothing' : kind === 'withheld' ? `${wanted} withheld` : kind;
  return [
    ...(target === undefined ? [what] : [`${what} to ${describeAttachment(target)}`]),
    `because ${reason}`,
  ];
}

function sayHeld({ runTime }: LiveRemediation): readonly string[] {
  if (runTime === undefined) return [];
  return [
    ...(runTime.isKilled
      ? ['an operator set the mode to audit: nothing is done to any function']
      : []),
    ...(runTime.isTripped ? ['the breaker is tripped: what no plan approves is withheld'] : []),
  ];
}
