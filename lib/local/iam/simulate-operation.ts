import {
  type SimulatePolicyResponse,
  SimulatePrincipalPolicy$,
  type SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import type { Principal, Principals } from '../identity/principals.ts';
import { readPolicy } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineReadOn } from './define-iam.ts';
import { findPrincipalNamed } from './find-principal.ts';
import { iamFault, noSuchEntity } from './iam-faults.ts';
import { pageOf } from './iam-paging.ts';
import { isOfAws } from './managed-policies.ts';
import {
  type SimulatedCalls,
  type SimulatedPolicy,
  simulatePolicies,
} from './policy-simulation.ts';

type Input = Given<SimulatePrincipalPolicyRequest, 'PolicySourceArn' | 'ActionNames'>;

/** Inputs that would change the answer, and that this account does not judge. */
const NOT_SIMULATED = [
  'PermissionsBoundaryPolicyInputList',
  'PolicyExclusionList',
  'ResourcePolicy',
] as const;

/**
 * SimulatePrincipalPolicy: judges calls by the policies of a user or a role, with the given context only.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function simulateOperation(principals: Principals): Operation {
  return defineReadOn<Input, SimulatePolicyResponse>(SimulatePrincipalPolicy$, {
    target: ({ PolicySourceArn }) => ({ resource: PolicySourceArn }),
    handle: (input) => {
      const { ActionNames: actions, ResourceArns = [] } = input;
      checkInput(input);
      const policies = [
        ...policiesOf(findSource(principals, input.PolicySourceArn)),
        ...(input.PolicyInputList ?? []).map(toInputPolicy),
      ];
      const resources = ResourceArns.length === 0 ? ['*'] : ResourceArns;
      const context = toContext(input.ContextEntries ?? []);
      const { items, end } = pageOf(
        simulatePolicies(policies, {
          actions,
          resources,
          context,
          serviceControls: [...principals.serviceControls.values()],
        }),
        input,
      );
      return { EvaluationResults: items, ...end };
    },
  });
}

function checkInput(input: Input): void {
  const { ActionNames, ResourceArns = [] } = input;
  if (ActionNames.length === 0) {
    throw iamFault(
      'ValidationError',
      "1 validation error detected: Value '[]' at 'actionNames' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const badAction = ActionNames.find((name) => !/^[\w-]+:\w+$/.test(name) || name.length > 128);
  if (badAction !== undefined) throw invalid(`Invalid action name: ${badAction.slice(0, 128)}`);
  const badResource = ResourceArns.find((arn) => arn !== '*' && !arn.startsWith('arn:'));
  if (badResource !== undefined) throw invalid(`Invalid resource ARN: ${badResource}`);
  const refused = NOT_SIMULATED.find((name) => input[name] !== undefined);
  if (refused !== undefined) throw invalid(`The local account does not simulate ${refused}`);
}

function findSource(principals: Principals, arn: string): Principal {
  const [, kind, path] = /^arn:aws[\w-]*:iam::\d{12}:(user|role)\/(.+)$/.exec(arn) ?? [];
  if ((kind !== 'user' && kind !== 'role') || path === undefined) {
    throw invalid(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const principal = findPrincipalNamed(principals, kind, name);
  if (principal.arn !== arn) throw noSuchEntity(`${kind} with name ${name}`);
  return principal;
}

function policiesOf({ kind, name, policies, attached }: Principal): readonly SimulatedPolicy[] {
  const own = [...policies].map(([policyName, { document, text }]) => ({
    id: `${kind}_${name}_${policyName}`,
    type: kind,
    document,
    text,
  }));
  const managed = [...attached.values()].map((policy) => ({
    id: policy.name,
    type: isOfAws(policy) ? ('aws-managed' as const) : ('user-managed' as const),
    document: policy.document,
    text: policy.text,
  }));
  return [...own, ...managed];
}

function toInputPolicy(text: string, index: number): SimulatedPolicy {
  const id = `PolicyInputList.${index + 1}`;
  const read = readPolicy(id, text, { allowPrincipal: false });
  if (!read.ok) throw invalid(`Invalid input ${id}: ${read.reason}`);
  return { id, type: 'none', document: read.document, text };
}

function toContext(entries: NonNullable<Input['ContextEntries']>): SimulatedCalls['context'] {
  return Object.fromEntries(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => {
      if (!ContextKeyName.includes(':')) throw invalid(`Invalid context key: ${ContextKeyName}`);
      return [ContextKeyName.toLowerCase(), ContextKeyValues];
    }),
  );
}

function invalid(message: string): Error {
  return iamFault('InvalidInput', message);
}
