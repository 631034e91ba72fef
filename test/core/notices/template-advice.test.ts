import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../functions/core/actor.ts';
import { correctTemplate } from '../../../functions/core/notices/template-advice.ts';
import { snapshotOf } from '../../support/builders.ts';

const CLOUDFORMATION: Actor = { invokedBy: 'cloudformation.amazonaws.com' };

describe('correctTemplate', () => {
  it.each<[string, Actor | undefined, Record<string, string>, string]>([
    [
      'the stack by its tag where CloudFormation called',
      CLOUDFORMATION,
      { 'aws:cloudformation:stack-name': 'shop' },
      'the template of the stack `shop`',
    ],
    ['a stack without a name', CLOUDFORMATION, {}, 'the template of the stack that deploys it'],
    [
      'CloudFormation by its user agent',
      { userAgent: 'cloudformation.amazonaws.com' },
      {},
      'the template of the stack that deploys it',
    ],
    [
      'Terraform, though a stack made the function',
      { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8' },
      { 'aws:cloudformation:stack-name': 'shop' },
      'the Terraform configuration that deploys it',
    ],
    ['Pulumi', { userAgent: 'pulumi-aws/7.1' }, {}, 'the Pulumi program that deploys it'],
    [
      'the Serverless Framework',
      { userAgent: 'serverless/4.4' },
      {},
      'the Serverless Framework service that deploys it',
    ],
    ['SAM', { userAgent: 'aws-sam-cli/1.130' }, {}, 'the SAM template that deploys it'],
    ['the CDK', { userAgent: 'aws-cdk/2.276 CDK' }, {}, 'the CDK app that deploys it'],
    [
      'otherwise whoever called',
      { principalArn: 'arn:aws:iam::123456789012:role/pipeline', userAgent: 'Boto3/1.40' },
      { 'aws:cloudformation:stack-name': 'shop' },
      'what deploys it as arn:aws:iam::123456789012:role/pipeline',
    ],
    ['nobody that is known', undefined, {}, 'the template that deploys it'],
  ])('names %s', (_, actor, tags, what) => {
    const advice = correctTemplate({ snapshot: snapshotOf({ tags }) }, actor ? { actor } : {});

    expect(advice).toBe(`Correct ${what}, or the next deployment moves the function again`);
  });
});
