import { describe, expect, it } from 'vitest';
import {
  describeIdle,
  withInterfaces,
  withLastInvocation,
} from '../../functions/core/describe-idle.ts';
import type { Fact, InterfaceFacts } from '../../functions/core/facts.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Look } from '../../functions/core/look.ts';
import { indexNetwork } from '../../functions/core/network.ts';
import {
  ARN,
  ATTACHMENTS,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  NOW_MS,
  settledRecord,
  snapshotOf,
} from '../support/builders.ts';
import { sampleNetwork } from '../support/sample-network.ts';

const IDLE = { state: 'Inactive', stateReasonCode: 'Idle' } as const;
const LISTED = enforcingPolicy({ idle: { report: true, wake: ['orders-*'] } });
const COMMAND =
  "`aws lambda invoke --function-name orders-api --cli-binary-format raw-in-base64-out --payload '{}' /dev/null`";
const FIX_ROLE = 'Give its execution role the managed policy AWSLambdaVPCAccessExecutionRole';
const FIX_SUBNETS = 'Attach it to subnets with more free addresses, or free some there';
const FIX_QUOTA =
  'Let functions share interfaces by using the same security groups, or have the quota raised';

describe('describeIdle', () => {
  it('says how to wake what nothing speaks against', () => {
    expect(describeIdle(idleLook())).toEqual({
      functionArn: ARN,
      isListed: false,
      canWake: 'yes',
      toWake: `List it under \`idle.wake\`, or invoke it once: ${COMMAND} is refused while it is idle, runs none of its code and has AWS restore it; where it is active again by then, its code runs with that payload`,
    });
  });

  it('leaves what is listed to the guardrail where that acts', () => {
    expect(describeIdle(idleLook({ policy: LISTED }))).toMatchObject({
      isListed: true,
      toWake: 'Nothing: it is listed under `idle.wake`, so the next sweep or rescan has it woken',
    });
    expect(describeIdle(idleLook({ policy: LISTED, mode: 'audit' }))).toMatchObject({
      isListed: true,
      toWake: expect.stringMatching(/^It is listed .* the mode is audit: .*, or invoke it once: /),
    });
  });

  it('names a published version and who uses it, and leaves it to whoever calls it', () => {
    const published = { version: '3', aliases: ['live'] };

    expect(describeIdle(idleLook({ policy: LISTED }), { published })).toMatchObject({
      version: '3',
      aliases: ['live'],
      isListed: false,
      canWake: 'yes',
      toWake: expect.stringMatching(
        /^Invoke it once: `aws lambda invoke --function-name orders-api --qualifier 3 --cli/,
      ),
    });
  });

  it.each<[string, Partial<Look>, object]>([
    [
      'its reserved concurrency is 0',
      { snapshot: snapshotOf({ ...IDLE, reservedConcurrency: 0 }) },
      {
        canWake: 'no',
        whyNot: 'its reserved concurrency is 0',
        toWake: 'Let it have concurrency again',
      },
    ],
    [
      'it is in quarantine',
      {
        snapshot: snapshotOf({ ...IDLE, reservedConcurrency: 0 }),
        record: settledRecord({ quarantine: { remediationId: 'r', sinceMs: 0 } }),
      },
      {
        canWake: 'no',
        whyNot: 'it is in quarantine',
        toWake: 'Make it compliant and have it released',
      },
    ],
    [
      'somebody lifted its quarantine',
      { record: settledRecord({ quarantine: { remediationId: 'r', sinceMs: 0 } }) },
      { canWake: 'yes' },
    ],
    [
      'its role may not manage interfaces',
      { findings: [foundOf('LVG.7', 'violation')] },
      { canWake: 'no', whyNot: 'LVG.7: it is violation', toWake: FIX_ROLE },
    ],
    [
      'somebody answers for what its role may not do',
      {
        findings: [
          {
            ...foundOf('LVG.7', 'violation'),
            exemption: { owner: 'o', reason: 'r', expires: '2027-03-31' },
          },
        ],
      },
      { canWake: 'no' },
    ],
    [
      'its subnets lack addresses',
      { findings: [foundOf('LVG.10', 'violation')] },
      { canWake: 'no', whyNot: 'LVG.10: it is violation', toWake: FIX_SUBNETS },
    ],
    [
      'nobody knows what its role may do',
      { findings: [foundOf('LVG.7', 'unknown')] },
      {
        canWake: 'unknown',
        whyNot: 'LVG.7: it is unknown',
        toWake: expect.stringContaining(COMMAND),
      },
    ],
    [
      'two things are unknown',
      { findings: [foundOf('LVG.7', 'unknown'), foundOf('LVG.10', 'unknown')] },
      { canWake: 'unknown', whyNot: 'LVG.7: it is unknown; LVG.10: it is unknown' },
    ],
    [
      'one thing is certain and another is not',
      { findings: [foundOf('LVG.7', 'unknown'), foundOf('LVG.10', 'violation')] },
      { canWake: 'no', whyNot: 'LVG.10: it is violation', toWake: FIX_SUBNETS },
    ],
    [
      'one thing is certain and a later one is not',
      { findings: [foundOf('LVG.7', 'violation'), foundOf('LVG.10', 'unknown')] },
      { canWake: 'no', whyNot: 'LVG.7: it is violation', toWake: FIX_ROLE },
    ],
    [
      'two things are in its way',
      { findings: [foundOf('LVG.7', 'violation'), foundOf('LVG.10', 'violation')] },
      {
        canWake: 'no',
        whyNot: 'LVG.7: it is violation; LVG.10: it is violation',
        toWake: `${FIX_ROLE}; ${FIX_SUBNETS}`,
      },
    ],
    [
      'the controls are satisfied, not applicable, or about something else',
      {
        findings: [
          foundOf('LVG.7', 'compliant'),
          foundOf('LVG.10', 'not-applicable'),
          foundOf('LVG.12', 'violation'),
        ],
      },
      { canWake: 'yes' },
    ],
  ])('where %s', (_, given, expected) => {
    const idle = describeIdle(idleLook(given));

    expect(idle).toMatchObject(expected);
    expect('whyNot' in idle).toBe(idle.canWake !== 'yes');
  });

  it.each<[string, number, Finding['verdict']['status'], string]>([
    ['lets few free addresses be enough', 1, 'violation', 'yes'],
    ['does not let none be enough', 0, 'violation', 'no'],
    ['keeps what is unknown', 1, 'unknown', 'unknown'],
  ])('%s, by the network', (_, freeAddresses, status, canWake) => {
    const { subnets, ...rest } = sampleNetwork();
    const network = indexNetwork({
      ...rest,
      subnets: subnets.map((subnet) => ({ ...subnet, freeAddresses })),
    });
    const attachment = { ...ATTACHMENTS.approved, subnetIds: ['subnet-a', 'subnet-gone'] };
    const look = idleLook({
      snapshot: snapshotOf({ ...IDLE, attachment }),
      findings: [foundOf('LVG.10', status)],
    });

    expect(describeIdle(look, { network }).canWake).toBe(canWake);
  });
});

describe('withInterfaces', () => {
  const idle = describeIdle(idleLook());
  const needing = (combinations: number): Fact<InterfaceFacts> => ({
    value: { combinations, quota: 500, couldShare: [] },
  });

  it('changes nothing where nobody asked, or where the quota is enough for all', () => {
    expect(withInterfaces(idle, undefined)).toBe(idle);
    expect(withInterfaces(idle, needing(500))).toBe(idle);
  });

  it('says that it cannot be woken where more are needed than the VPC may have', () => {
    expect(withInterfaces(idle, needing(501))).toEqual({
      ...idle,
      canWake: 'no',
      whyNot: 'LVG.11: the functions of its VPC need 501 network interfaces, and it may have 500',
      toWake: FIX_QUOTA,
    });
  });

  it('says that nobody knows where the quota is unknown', () => {
    expect(withInterfaces(idle, { unknown: 'not allowed' })).toEqual({
      ...idle,
      canWake: 'unknown',
      whyNot: 'LVG.11: not allowed',
    });
  });

  it('adds to what is in the way already', () => {
    const stuck = describeIdle(idleLook({ findings: [foundOf('LVG.7', 'violation')] }));

    expect(withInterfaces(stuck, { unknown: 'not allowed' })).toBe(stuck);
    expect(withInterfaces(stuck, needing(501)).toWake).toBe(`${FIX_ROLE}; ${FIX_QUOTA}`);
  });
});

describe('withLastInvocation', () => {
  it('says the day it was last invoked, where that is on record', () => {
    const idle = describeIdle(idleLook());

    expect(withLastInvocation(idle, NOW_MS).lastInvokedAt).toBe('2026-11-22');
    expect(withLastInvocation(idle, undefined)).toBe(idle);
  });
});

function idleLook(given: Partial<Look> = {}): Look {
  return goodLookOf({ snapshot: snapshotOf(IDLE), ...given });
}

function foundOf(controlId: string, status: Finding['verdict']['status']): Finding {
  return findingOf(status, { controlId });
}
