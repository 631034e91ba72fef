import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { ReportedVerdict } from '../../functions/core/rescan-report.ts';
import {
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';
import { explainedIn } from '../support/explained-in.ts';
import { leftBehind, playSecretive, SECRET } from '../support/planted-secrets.ts';

const RESCAN = 'lambda-vpc-guardrail-rescan-on-request';
const RELEASE = 'lambda-vpc-guardrail-release-on-request';
const DAY_MS = 24 * 3_600_000;

describe('what operators invoke', () => {
  let deployed: DeployedAccount;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
  });

  afterAll(() => deployed.close());

  const reservedOf = async (FunctionName: string) => {
    const { Concurrency } = await deployed.lambda.send(new GetFunctionCommand({ FunctionName }));
    return Concurrency?.ReservedConcurrentExecutions;
  };

  describe('release', () => {
    it('is refused while the function violates the policy, and done by force with a hold', async () => {
      const { account, create, invoke } = deployed;
      const functionArn = await create('stray');
      await account.advance(60_000);
      expect(await reservedOf('stray')).toBe(0);

      const refused = await invoke(RELEASE, { function: 'stray', reason: 'it is urgent' });
      const forced = await invoke(RELEASE, {
        function: 'stray',
        reason: 'it is urgent',
        force: true,
      });
      await account.advance(10 * 60_000);

      expect(refused.payload).toMatchObject({ functionArn, status: 'refused' });
      expect(forced.payload).toMatchObject({ functionArn, status: 'released' });
      expect(await reservedOf('stray')).toBeUndefined();
    });

    it('happens by itself once the function is compliant', async () => {
      const { account, create, lambda } = deployed;
      await create('repentant');
      await account.advance(60_000);
      expect(await reservedOf('repentant')).toBe(0);

      await lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'repentant',
          VpcConfig: NETWORK.approved,
        }),
      );
      await account.advance(10 * 60_000);

      expect(await reservedOf('repentant')).toBeUndefined();
    });

    it('answers a bad payload with every fault and no trace', async () => {
      const { error, payload } = await deployed.invoke(RELEASE, { reason: '', hold: 7 });

      expect(error).toBe('Unhandled');
      expect(payload).toMatchObject({
        errorType: 'GuardrailError',
        errorMessage: expect.stringMatching(/`hold`.*`function`.*`reason`/s),
      });
      expect(JSON.stringify(payload)).not.toContain('.mjs');
    });
  });

  describe('rescan', () => {
    it('answers what it found, and wakes an idle function that the policy lists', async () => {
      const { account, create, invoke, lambda } = deployed;
      const nightly = await create('nightly-report', NETWORK.approved);
      const other = await create('orders-api', NETWORK.approved);
      await account.advance(15 * DAY_MS);

      const { payload } = await invoke(RESCAN, { functions: ['nightly-*', 'orders-api'] });
      await account.advance(10 * 60_000);

      expect(payload).toEqual({
        scanned: 2,
        compliant: 0,
        findings: [
          expect.objectContaining({ functionArn: nightly, controlId: 'LVG.12' }),
          expect.objectContaining({ functionArn: other, controlId: 'LVG.12' }),
        ],
        idle: [
          expect.objectContaining({ functionArn: nightly, isListed: true, canWake: 'yes' }),
          expect.objectContaining({ functionArn: other, isListed: false, canWake: 'yes' }),
        ],
        interfaces: [
          expect.objectContaining({ vpcId: 'vpc-0a1b2c3d4e5f60001', interfaces: 2, quota: 500 }),
        ],
        remediations: [
          { id: expect.any(String), functionArn: nightly, planned: 'wake', isCounted: false },
        ],
        unknown: [],
        reportId: expect.any(String),
        apiCalls: expect.any(Number),
        durationMs: expect.any(Number),
      });
      const states = await Promise.all(
        ['nightly-report', 'orders-api'].map((FunctionName) =>
          lambda.send(new GetFunctionCommand({ FunctionName })),
        ),
      );
      expect(states.map(({ Configuration }) => Configuration?.State)).toEqual([
        'Active',
        'Inactive',
      ]);
    });

    it('reports violations as findings, and only reports in mode audit', async () => {
      const { account, create, invoke, lambda } = deployed;
      await create('strange', NETWORK.forbidden);
      const { payload } = await invoke(RESCAN, { functions: ['strange'], mode: 'audit' });

      expect(payload).toMatchObject({
        scanned: 1,
        compliant: 0,
        findings: [
          { controlId: 'LVG.1', verdict: 'violation', remediation: 'none' },
          { controlId: 'LVG.4', verdict: 'violation', remediation: 'none' },
          { controlId: 'LVG.5', verdict: 'violation', remediation: 'none' },
          { controlId: 'LVG.6', verdict: 'violation', remediation: 'none' },
        ],
        remediations: [],
      });
      await lambda.send(new DeleteFunctionCommand({ FunctionName: 'strange' }));
      await account.advance(5 * 60_000);
    });

    it('answers what each of the sixteen controls says of a function that is named', async () => {
      const { account, create, invoke, lambda } = deployed;
      await create('asked', NETWORK.approved);
      await account.advance(5 * 60_000);

      const { payload } = await invoke(RESCAN, { functions: ['asked'], verdicts: true });

      const { verdicts } = payload as { readonly verdicts: readonly ReportedVerdict[] };
      expect(verdicts.map(({ controlId }) => controlId)).toEqual(CONTROLS.map(({ id }) => id));
      expect(Object.groupBy(verdicts, ({ verdict }) => verdict)).toEqual({
        compliant: expect.arrayContaining([expect.objectContaining({ controlId: 'LVG.11' })]),
        'not-applicable': ['LVG.14', 'LVG.15', 'LVG.16'].map((controlId) =>
          expect.objectContaining({ controlId, reason: expect.any(String) }),
        ),
      });
      await lambda.send(new DeleteFunctionCommand({ FunctionName: 'asked' }));
      await account.advance(5 * 60_000);
    });

    it('answers a bad payload with every fault', async () => {
      const { error, payload } = await deployed.invoke(RESCAN, {
        mode: 'off',
        wake: 'yes',
        all: 1,
      });

      expect(error).toBe('Unhandled');
      expect(payload).toMatchObject({
        errorMessage: expect.stringMatching(/`all`.*`mode`.*`wake`/s),
      });
    });
  });

  it('leave a story behind, and no secret of the function that it is about', async () => {
    const functionArn = await playSecretive(deployed);

    const { history } = await explainedIn(deployed, functionArn);
    const left = await leftBehind(deployed);

    expect(history.map(({ event, remediation = '' }) => `${event} ${remediation}`)).toEqual([
      'attached ',
      'baseline ',
      'attached ',
      'violation none',
      'decided revert',
      'refused revert',
      'decided quarantine',
      'done quarantine',
      'decided release',
      'done release',
    ]);
    expect(left).toContain('InvalidParameterValueException: no read of https://code.s3');
    expect(left).toContain('are lost: it has no dead-letter queue');
    expect(left + JSON.stringify(history)).not.toContain(SECRET);
  });
});
