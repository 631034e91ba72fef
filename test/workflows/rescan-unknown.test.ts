import { describe, expect, it } from 'vitest';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { documentsOf } from '../support/access-documents.ts';
import { ARN, DEPLOYER, enforcingPolicy, snapshotOf } from '../support/builders.ts';
import { settingsOf } from '../support/drill.ts';
import { createFakeWorld } from '../support/fakes.ts';
import { rescanIn } from '../support/rescan-in.ts';

const policy = enforcingPolicy({
  access: documentsOf({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'NotTheDeployer',
        Effect: 'Deny',
        Action: 'lambda:*',
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': DEPLOYER } },
      },
    ],
  }),
});

describe('a verdict that turns on a principal that nobody knows', () => {
  it('is reported as unknown and not counted as compliant', async () => {
    const world = createFakeWorld();
    world.snapshots.set(ARN, snapshotOf());

    const report = await rescanIn(
      world,
      { functions: ['*'], wake: false, verdicts: false },
      settingsOf(policy),
    );

    const reason = expect.stringContaining('`aws:PrincipalArn`');
    expect(report).toMatchObject({
      scanned: 1,
      compliant: 0,
      findings: [{ verdict: 'unknown', reason }],
      unknown: [{ functionArn: ARN, reason }],
    });
  });

  it('is left at that', async () => {
    const world = createFakeWorld();
    world.snapshots.set(ARN, snapshotOf());

    const outcome = await enforceFunction(
      { functionArn: ARN, hops: 0, wake: true },
      world.ports,
      settingsOf(policy),
    );

    expect(outcome).toMatchObject({
      verdict: 'unknown',
      remediation: 'none',
      reason: 'a control could not tell',
      findings: [{ controlId: 'LVG.1', verdict: 'unknown' }],
    });
    expect(world.records.get(ARN)).not.toHaveProperty('baseline');
    expect(world.notices).toEqual([]);
  });
});
