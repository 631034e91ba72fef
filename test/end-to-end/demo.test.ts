import { beforeAll, describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { type Demo, endsOf, runDemo, sceneOf } from '../support/demo-run.ts';

const MINUTE_MS = 60_000;

describe('the demonstration', () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await runDemo('--json');
  }, MINUTE_MS);

  it('ends with status 0 and says how long it took', () => {
    expect(demo.status).toBe(0);
    expect(demo.document.tookSeconds).toBeGreaterThan(0);
  });

  it.each([
    { scene: 'creates `orders-api`', verdict: 'compliant', remediation: 'none' },
    {
      scene: 'creates `thumbnails` without',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'RequireVpc',
    },
    {
      scene: 'creates `billing-export`',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'ApprovedVpc',
    },
    {
      scene: 'moves `orders-api`',
      verdict: 'violation',
      remediation: 'revert',
      statement: 'ApprovedSubnets',
    },
    {
      scene: 'detaches `orders-api`',
      verdict: 'violation',
      remediation: 'revert',
      statement: 'RequireVpc',
    },
    { scene: 'changes the timeout', verdict: 'compliant', remediation: 'none' },
    {
      scene: 'creates `crossroads`',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'ApprovedSubnets',
    },
    { scene: 'the next sweep', verdict: 'violation', remediation: 'wake' },
  ])(
    'judges “$scene” as $verdict and does $remediation',
    ({ scene, verdict, remediation, statement }) => {
      const { judgements, notices } = sceneOf(demo, scene);

      const decided = judgements.find((judgement) => judgement.remediation === remediation);
      expect(decided).toMatchObject({ verdict });
      if (statement !== undefined) {
        expect(decided?.findings?.[0]?.statement).toContain(statement);
        expect(notices.length).toBeGreaterThan(0);
      }
    },
  );

  it('ties each judgement to the CloudTrail event of what people did', () => {
    const { events, judgements } = sceneOf(demo, 'moves `orders-api`');

    expect(events).toEqual([
      { eventName: 'UpdateFunctionConfiguration20150331v2', eventId: expect.any(String) },
    ]);
    expect(judgements.map(({ eventId }) => eventId)).toContain(events[0]?.eventId);
  });

  it('never judges a call that IAM denied', () => {
    const { events, judgements } = sceneOf(demo, 'IAM denies');

    expect(events).toEqual([
      {
        eventName: 'CreateFunction20150331',
        eventId: expect.any(String),
        errorCode: 'AccessDenied',
      },
    ]);
    expect(judgements).toEqual([]);
  });

  it('leaves every function contained', () => {
    expect(endsOf(demo)).toEqual({
      'orders-api': expect.stringContaining('subnet-071f712345678e7c8'),
      'nightly-report': expect.stringContaining('subnet-071f712345678e7c8'),
      thumbnails: 'no VPC, reserved 0',
      'billing-export': expect.stringMatching(/vpc-0f0e0d0c0b0a00002.*reserved 0/),
      crossroads: expect.stringMatching(/subnet-0a1b2c3d4e5f6a001.*reserved 0/),
    });
  });

  it('shows what each of the sixteen controls says of one function', () => {
    const { verdicts = [] } = sceneOf(demo, 'what each of 16 controls says');

    expect(verdicts.map(({ controlId }) => controlId)).toEqual(CONTROLS.map(({ id }) => id));
    const violated = verdicts.filter(({ verdict }) => verdict === 'violation');
    expect(violated.map(({ controlId }) => controlId)).toEqual([
      'LVG.1',
      'LVG.3',
      'LVG.4',
      'LVG.5',
      'LVG.6',
      'LVG.9',
    ]);
  });

  it('counts the calls and connections of the guardrail', () => {
    expect(demo.document.callsByService).toMatchObject({
      dynamodb: expect.any(Number),
      lambda: expect.any(Number),
      sns: expect.any(Number),
    });
    expect(demo.document.connections).toBeGreaterThan(0);
  });
});
