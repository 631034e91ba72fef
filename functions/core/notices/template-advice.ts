import type { Actor } from '../actor.ts';
import type { Look } from '../look.ts';
import { bounded } from '../quote.ts';
import type { OpenViolation } from '../record.ts';

const STACK_TAG = 'aws:cloudformation:stack-name';
const LONGEST_STACK_NAME = 128;
const CLOUDFORMATION = 'cloudformation.amazonaws.com';

/** How tools that deploy functions name themselves, most telling first. */
const TOOLS = [
  [/terraform/i, 'the Terraform configuration'],
  [/pulumi/i, 'the Pulumi program'],
  [/serverless/i, 'the Serverless Framework service'],
  [/aws-sam|sam-?cli/i, 'the SAM template'],
  [/\bcdk\b/i, 'the CDK app'],
] as const;

/** Advises whoever moved a function how it stays where it is put. */
export function correctTemplate(
  { snapshot }: Pick<Look, 'snapshot'>,
  { actor }: Pick<OpenViolation, 'actor'>,
): string {
  const what = whatDeploys(snapshot.tags[STACK_TAG], actor ?? {});
  return `Correct ${what}, or the next deployment moves the function again`;
}

function whatDeploys(
  stackName: string | undefined,
  { invokedBy, userAgent = '', principalArn }: Actor,
): string {
  if (invokedBy === CLOUDFORMATION || userAgent === CLOUDFORMATION) {
    return stackName === undefined
      ? 'the template of the stack that deploys it'
      : `the template of the stack \`${bounded(stackName, LONGEST_STACK_NAME)}\``;
  }
  const tool = TOOLS.find(([sign]) => sign.test(userAgent));
  if (tool !== undefined) return `${tool[1]} that deploys it`;
  return principalArn === undefined
    ? 'the template that deploys it'
    : `what deploys it as ${principalArn}`;
}
