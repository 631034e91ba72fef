import { DETACHED } from '../../functions/core/attachment.ts';
import type { Control, Subject } from '../../functions/core/controls/control.ts';
import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import type { Facts } from '../../functions/core/facts.ts';
import type { Verdict } from '../../functions/core/finding.ts';
import { indexNetwork, type ListedNetwork } from '../../functions/core/network.ts';
import { ARN, snapshotOf } from './builders.ts';
import { policyOf } from './compiled-policy.ts';

/** One row of a control's case file. */
interface ControlCase {
  readonly name: string;
  /** As {@link Facts}, but a network as it is listed and a snapshot in parts. */
  readonly facts: { readonly [kind: string]: object };
  /** What differs from a detached function. */
  readonly subject: object;
  /** What differs from the control's defaults. */
  readonly parameters?: object;
}

const SUBJECT: Subject = {
  functionArn: ARN,
  attachment: DETACHED,
  call: 'UpdateFunctionConfiguration',
  hasCapacityProvider: false,
};

const EMPTY: ListedNetwork = {
  vpcs: [],
  subnets: [],
  securityGroups: [],
  routeTables: [],
  natGateways: [],
  attachedInternetGatewayIds: [],
  endpoints: [],
};

/** Asks a control about one row of its case file. */
export function judgeCase(control: Control, row: ControlCase): Verdict | undefined {
  const inquiry = {
    subject: { ...SUBJECT, ...row.subject },
    facts: parseFacts(row.facts),
    context: createControlContext(policyOf()),
  };
  return control.judge(inquiry, { ...control.defaults.parameters, ...row.parameters });
}

function parseFacts(facts: ControlCase['facts']): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([kind, fact]) => [
      kind,
      'value' in fact ? { value: parseValue(kind, fact.value) } : fact,
    ]),
  ) as Facts;
}

function parseValue(kind: string, value: unknown): unknown {
  if (kind === 'network') return indexNetwork({ ...EMPTY, ...(value as Partial<ListedNetwork>) });
  return kind === 'snapshot' ? snapshotOf(value as object) : value;
}
