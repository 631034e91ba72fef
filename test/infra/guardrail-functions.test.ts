import { describe, expect, it } from 'vitest';
import { flatten, functionOf, resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();

describe('createFunctions', () => {
  it.each([
    ['enforce-on-change', 30],
    ['rescan-on-request', 900],
    ['sweep-on-schedule', 900],
    ['release-on-request', 30],
  ])('%s runs on arm64 and Node 24 for at most %i seconds', (suffix, timeout) => {
    expect(functionOf(template, suffix)).toMatchObject({
      Architectures: ['arm64'],
      FunctionName: `lambda-vpc-guardrail-${suffix}`,
      Handler: `${suffix}.handler`,
      MemorySize: 512,
      Runtime: 'nodejs24.x',
      Timeout: timeout,
    });
  });

  it('keep their logs for three months and not longer than the stack', () => {
    const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));

    expect(groups).toHaveLength(4);
    for (const group of groups) {
      expect(group).toMatchObject({
        DeletionPolicy: 'Delete',
        Properties: {
          LogGroupName: expect.stringMatching(/^\/aws\/lambda\/lambda-vpc-guardrail-/),
          RetentionInDays: 90,
        },
      });
    }
  });

  const COMMON = [
    'CHAT_TOPIC_ARN',
    'FINDINGS_TOPIC_ARN',
    'LOG_LEVEL',
    'OWN_FUNCTION_ARNS',
    'OWN_ROLE_ARNS',
    'POWERTOOLS_METRICS_NAMESPACE',
    'POWERTOOLS_SERVICE_NAME',
    'QUEUE_URL',
    'TABLE_NAME',
  ];

  it.each([
    ['enforce-on-change', [...COMMON, 'DEAD_LETTER_QUEUE_URL']],
    ['rescan-on-request', COMMON],
    ['sweep-on-schedule', [...COMMON, 'SWEEP_FUNCTION_ARN']],
    ['release-on-request', COMMON],
  ])('%s gets the environment that it reads and nothing else', (suffix, keys) => {
    expect(Object.keys(environmentOf(suffix)).sort()).toEqual([...keys].sort());
  });

  it('know the ARNs of all, and the roles whose calls come back as events', () => {
    const { OWN_FUNCTION_ARNS, OWN_ROLE_ARNS } = environmentOf('enforce-on-change');
    const place = 'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function';

    expect(flatten(OWN_FUNCTION_ARNS).split(',')).toEqual([
      `${place}:lambda-vpc-guardrail-enforce-on-change`,
      `${place}:lambda-vpc-guardrail-rescan-on-request`,
      `${place}:lambda-vpc-guardrail-sweep-on-schedule`,
      `${place}:lambda-vpc-guardrail-release-on-request`,
    ]);
    expect(flatten(OWN_ROLE_ARNS).split(',')).toEqual([
      expect.stringMatching(/^<GuardrailEnforceOnChangeRole\w+\.Arn>$/),
      expect.stringMatching(/^<GuardrailReleaseOnRequestRole\w+\.Arn>$/),
      expect.stringMatching(/^<GuardrailSweepOnScheduleRole\w+\.Arn>$/),
    ]);
  });

  it('sweep-on-schedule knows itself, whom it sends the heartbeat', () => {
    const { OWN_FUNCTION_ARNS, SWEEP_FUNCTION_ARN } = environmentOf('sweep-on-schedule');

    expect(flatten(OWN_FUNCTION_ARNS).split(',')).toContain(flatten(SWEEP_FUNCTION_ARN));
    expect(flatten(SWEEP_FUNCTION_ARN)).toMatch(
      /:function:lambda-vpc-guardrail-sweep-on-schedule$/,
    );
  });

  it('make one attempt of a tick, and none once the next one is due', () => {
    const configurations = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');

    expect(configurations.map(({ Properties }) => Properties)).toEqual([
      {
        FunctionName: { Ref: expect.stringMatching(/SweepOnScheduleFunction/) },
        MaximumEventAgeInSeconds: 900,
        MaximumRetryAttempts: 0,
        Qualifier: '$LATEST',
      },
    ]);
  });
});

function environmentOf(suffix: string): Readonly<Record<string, unknown>> {
  const { Environment } = functionOf(template, suffix);
  return (Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
}
