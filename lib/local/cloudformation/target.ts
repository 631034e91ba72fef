import type { Capability, Parameter } from '@aws-sdk/client-cloudformation';
import type { AccountCore } from '../account-core.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { importsIn } from './exports.ts';
import { isTrue } from './intrinsics.ts';
import { creationOrder } from './order.ts';
import { parameterValues, settleParameters } from './parameters.ts';
import { type Reference, referencesIn } from './references.ts';
import { RESOURCE_TYPES } from './resource-types.ts';
import { NO_VALUE, type Scope } from './scope.ts';
import type { Stack, Target } from './stack.ts';
import type { ResourceDeclaration, Template } from './template.ts';
import { validationError } from './validation-error.ts';

/** What a template is to be deployed with. */
export interface TargetRequest {
  readonly template: Template;
  readonly given: readonly Parameter[];
  readonly stack: Pick<Stack, 'id' | 'name'> & Partial<Pick<Stack, 'parameters'>>;
}

/** Checks everything that can be checked before anything is made; throws AWS's `ValidationError`. */
export function toTarget(core: AccountCore, { template, given, stack }: TargetRequest): Target {
  checkTypes(template);
  const parameters = settleParameters(template.parameters, given, stack.parameters);
  const values = new Map([
    ...pseudoParameters(core, stack),
    ...parameterValues(template.parameters, parameters),
  ]);
  checkReferences(template, values);
  const conditions = evaluateConditions(template, values);
  const { mappings } = template;
  checkRules(template, { ...EMPTY, values, mappings, conditions });
  const wanted = [...template.resources].filter(([, { condition }]) =>
    holds(condition, conditions),
  );
  const order = creationOrder(new Map(wanted));
  const scope = { ...EMPTY, values, mappings, conditions };
  const used = [
    wanted.map(([, { properties }]) => properties),
    outputsOf({ template, conditions }),
  ];
  const imports = new Set(importsIn(used, scope));
  return { template, parameters, values, conditions, imports, order };
}

/** The values of the outputs whose condition holds. */
export function outputsOf({
  template: { outputs },
  conditions,
}: Pick<Target, 'template' | 'conditions'>): readonly unknown[] {
  return [...outputs.values()]
    .filter(({ condition }) => holds(condition, conditions))
    .map(({ value }) => value);
}

/** Tells whether a condition holds; without a condition it always does. */
export function holds(condition: string | undefined, conditions: Scope['conditions']): boolean {
  return condition === undefined || conditions.get(condition) === true;
}

/** Refuses a template with IAM resources from a caller who did not acknowledge them. */
export function checkCapabilities(template: Template, capabilities: readonly string[] = []): void {
  const { wanted } = neededCapability(template) ?? {};
  if (wanted === undefined) return;
  if (capabilities.includes(wanted) || capabilities.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsFault(`Requires capabilities : [${wanted}]`, {
    code: 'InsufficientCapabilitiesException',
    status: 400,
  });
}

/** What a caller has to acknowledge of a template, and for which types of resources. */
export function neededCapability({
  resources,
}: Template): { readonly wanted: Capability; readonly types: readonly string[] } | undefined {
  const made = [...resources.values()].filter(({ type }) => type.startsWith('AWS::IAM::'));
  if (made.length === 0) return undefined;
  const isNamed = made.some(({ type, properties }) => {
    const { nameProperty } = RESOURCE_TYPES.get(type) ?? {};
    return nameProperty !== undefined && nameProperty in properties;
  });
  const types = [...new Set(made.map(({ type }) => type))].sort();
  return { wanted: isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM', types };
}

const EMPTY: Scope = {
  values: new Map(),
  mappings: new Map(),
  conditions: new Map(),
  resources: new Map(),
  exports: new Map(),
};

function checkTypes({ resources }: Template): void {
  const unknown = [...resources.values()]
    .map(({ type }) => type)
    .filter((type) => !RESOURCE_TYPES.has(type));
  if (unknown.length === 0) return;
  throw validationError(
    `Template format error: Unrecognized resource types: [${[...new Set(unknown)].sort().join(', ')}]`,
  );
}

function pseudoParameters(
  { accountId, region }: AccountCore,
  stack: Pick<Stack, 'id' | 'name'>,
): Scope['values'] {
  return new Map<string, unknown>([
    ['AWS::AccountId', accountId],
    ['AWS::NoValue', NO_VALUE],
    ['AWS::NotificationARNs', []],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', stack.id],
    ['AWS::StackName', stack.name],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
}

function checkReferences(template: Template, values: Scope['values']): void {
  for (const { dependsOn, properties } of template.resources.values()) {
    const named = [...dependsOn.map((name) => ({ name })), ...referencesIn(properties)];
    for (const reference of named) checkReference(reference, template.resources, values);
  }
  for (const { value, exportName } of template.outputs.values()) {
    for (const reference of referencesIn([value, exportName])) {
      checkReference(reference, template.resources, values);
    }
  }
}

function checkReference(
  { name, attribute }: Reference,
  resources: ReadonlyMap<string, ResourceDeclaration>,
  values: Scope['values'],
): void {
  const declaration = resources.get(name);
  if (declaration === undefined && (attribute !== undefined || !values.has(name))) {
    throw validationError(
      `Template format error: Unresolved resource dependencies [${name}] in the template`,
    );
  }
  if (declaration === undefined || attribute === undefined) return;
  if (RESOURCE_TYPES.get(declaration.type)?.attributes.includes(attribute)) return;
  throw validationError(
    `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

/** Conditions may name each other, so each round settles those whose own are settled. */
function evaluateConditions(
  { mappings, conditions }: Template,
  values: Scope['values'],
): Scope['conditions'] {
  const settled = new Map<string, boolean>();
  let waiting = Object.entries(conditions);
  while (waiting.length > 0) {
    const faults: unknown[] = [];
    const left = waiting.filter(([name, condition]) => {
      try {
        settled.set(name, isTrue(condition, { ...EMPTY, values, mappings, conditions: settled }));
        return false;
      } catch (fault) {
        faults.push(fault);
        return true;
      }
    });
    if (left.length === waiting.length) throw faults[0];
    waiting = left;
  }
  return settled;
}

function checkRules({ rules }: Template, scope: Scope): void {
  for (const { when, assertions } of rules) {
    if (when !== undefined && !isTrue(when, scope)) continue;
    for (const { assert, description } of assertions) {
      if (!isTrue(assert, scope))
        throw validationError(`Template validation error: ${description}`);
    }
  }
}
