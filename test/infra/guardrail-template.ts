import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CompiledPolicy, Mode } from '../../functions/core/policy.ts';
import { GuardrailStack } from '../../lib/infra/guardrail-stack.ts';
import type { LambdaVpcGuardrailProps } from '../../lib/infra/lambda-vpc-guardrail.ts';

/** One resource of a template, as far as a test has to know it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** One statement of a role's policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A policy with nothing in it but its mode. */
export function policyIn(mode: Mode): CompiledPolicy {
  return {
    version: 1,
    hash: `hash-of-${mode}`,
    mode,
    access: [],
    controls: {},
    autoRelease: true,
    idle: { report: true, wake: [] },
    sweep: { everyHours: 6, share: 0.3, versions: true },
    limits: {
      accountRemediations: { max: 25, perMinutes: 15 },
      functionReverts: { max: 3, perMinutes: 60 },
    },
    exemptions: [],
    trustedTags: [],
    notify: { minimumSeverity: 'medium', exemptionExpiryDays: 7 },
  };
}

/** Synthesizes the stack without bundling the handlers. */
export function templateOf(props: Partial<LambdaVpcGuardrailProps> = {}): Template {
  const app = new App({
    analyticsReporting: false,
    postCliContext: { 'aws:cdk:bundling-stacks': [] },
  });
  const stack = new GuardrailStack(app, 'LambdaVpcGuardrail', {
    policy: policyIn('enforce'),
    ...props,
  });
  return Template.fromStack(stack);
}

/** Lists the resources of one type. */
export function resourcesOf(template: Template, type: string): readonly Resource[] {
  return Object.values(template.findResources(type)).map(({ Type, Properties }) => ({
    Type,
    Properties: Properties ?? {},
  }));
}

/** Finds the function whose name ends like this. */
export function functionOf(template: Template, suffix: string): Resource['Properties'] {
  const found = resourcesOf(template, 'AWS::Lambda::Function').find(({ Properties }) =>
    String(Properties['FunctionName']).endsWith(suffix),
  );
  return found?.Properties ?? {};
}

/** Parses the statements of the inline policy of this name, each value flattened to a string. */
export function parseStatements(template: Template, policyName: string): readonly Statement[] {
  const policies = resourcesOf(template, 'AWS::IAM::Role').flatMap(
    ({ Properties }) => Properties['Policies'] as readonly InlinePolicy[],
  );
  const policy = policies.find(({ PolicyName }) => PolicyName === policyName);
  return (policy?.PolicyDocument.Statement ?? []).map(({ Sid, Effect, Action, Resource }) => ({
    Sid,
    Effect,
    actions: [Action].flat(),
    resources: [Resource].flat().map(flatten),
  }));
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Sid: string;
      readonly Effect: 'Allow' | 'Deny';
      readonly Action: string | readonly string[];
      readonly Resource: unknown;
    }[];
  };
}

/** Writes references as `<LogicalId.Attribute>`, so that they can be compared and matched. */
export function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, inner] = ['', '']] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (key === 'Ref') return `<${String(inner)}>`;
  if (key === 'Fn::GetAtt') return `<${(inner as readonly string[]).join('.')}>`;
  const [separator, parts] = inner as readonly [string, readonly unknown[]];
  return parts.map(flatten).join(separator);
}
