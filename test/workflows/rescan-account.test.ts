import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { ATTACHMENTS, controlOf, enforcingPolicy, snapshotOf } from '../support/builders.ts';
import { OWN_FUNCTION, settingsOf } from '../support/drill.ts';
import { createFakeSweep } from '../support/fake-sweep.ts';
import { createFakeWorld } from '../support/fakes.ts';
import { rescanIn } from '../support/rescan-in.ts';

const ALL: RescanRequest = { functions: ['*'], wake: true, verdicts: false };
const PRINCIPAL_NEEDED = {
  name: 'principals.json',
  statements: [],
};

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** An account that holds these functions. */
function accountOf(
  functions: Readonly<Record<string, Partial<FunctionSnapshot>>>,
  policy = enforcingPolicy({ idle: { report: true, wake: ['nightly-*'] } }),
) {
  const world = createFakeWorld();
  for (const [name, given] of Object.entries(functions)) {
    const functionArn = arnOf(name);
    world.snapshots.set(functionArn, snapshotOf({ functionArn, ...given }));
  }
  const settings = settingsOf(policy);
  return {
    world,
    rescan: (request: Partial<RescanRequest> = {}) =>
      rescanIn(world, { ...ALL, ...request }, settings),
    enforce: (name: string) =>
      enforceFunction({ functionArn: arnOf(name), hops: 0, wake: false }, world.ports, settings),
    /** Handles what was enqueued. */
    work: async () => {
      for (const { order } of world.queue.splice(0)) {
        await enforceFunction(order, world.ports, settings);
      }
      world.queue.length = 0;
    },
  };
}

describe('rescanAccount', () => {
  it('counts, and lists violations with what is done about them', async () => {
    const { rescan } = accountOf({
      good: {},
      stray: { attachment: ATTACHMENTS.detached },
      lost: { attachment: ATTACHMENTS.forbidden },
    });

    const report = await rescan();

    expect(report).toMatchObject({
      scanned: 3,
      compliant: 1,
      idle: [],
      remediations: [],
      unknown: [],
    });
    expect(report.findings).toMatchObject([
      {
        functionArn: arnOf('stray'),
        controlId: 'LVG.1',
        verdict: 'violation',
        remediation: 'none',
      },
      { functionArn: arnOf('lost'), statement: 'one.json OnlyVpc1', severity: 'high' },
    ]);
  });

  it('plans what the policy asks for on finding, under the id that it will have', async () => {
    const { rescan, work, world } = accountOf(
      { stray: { attachment: ATTACHMENTS.detached } },
      enforcingPolicy({ controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) } }),
    );

    const { remediations, findings } = await rescan();

    expect(findings).toMatchObject([{ remediation: 'quarantine' }]);
    expect(remediations).toEqual([
      {
        id: expect.any(String),
        functionArn: arnOf('stray'),
        planned: 'quarantine',
        isCounted: true,
      },
    ]);
    expect(world.snapshots.get(arnOf('stray'))).not.toHaveProperty('reservedConcurrency');

    world.clock.nowMs += 60_000;
    await work();

    expect(world.snapshots.get(arnOf('stray'))).toMatchObject({ reservedConcurrency: 0 });
    expect(world.records.get(arnOf('stray'))?.quarantine?.remediationId).toBe(remediations[0]?.id);
  });

  it('says where a revert goes, and which one waits until AWS is done', async () => {
    const { rescan, world } = accountOf({ moved: {}, moving: {} });
    await rescan();
    const elsewhere = { attachment: ATTACHMENTS.forbidden };
    for (const [name, more] of [
      ['moved', {}],
      ['moving', { lastUpdateStatus: 'InProgress' }],
    ] as const) {
      const functionArn = arnOf(name);
      world.snapshots.set(functionArn, snapshotOf({ functionArn, ...elsewhere, ...more }));
    }

    const { remediations, waiting } = await rescan();

    expect(remediations).toMatchObject([
      { functionArn: arnOf('moved'), planned: 'revert', target: ATTACHMENTS.approved },
    ]);
    expect(waiting).toEqual([arnOf('moving')]);
  });

  it.each([
    ['the breaker holds back', { breaker: 'tripped' }, 'breaker'],
    ['an operator holds back', { mode: 'audit' }, 'kill-switch'],
    ['nothing holds back', {}, undefined],
  ])('tells of what is planned and %s', async (_, item, withheldBy) => {
    const { rescan, world } = accountOf(
      { stray: { attachment: ATTACHMENTS.detached } },
      enforcingPolicy({ controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) } }),
    );
    Object.assign(world.account, item);

    const report = await rescan();

    expect(report.remediations).toHaveLength(1);
    expect(report.withheldBy).toBe(withheldBy);
  });

  it('gives every function a record itself, tells nobody, and leaves those alone after that', async () => {
    const { rescan, world, enforce } = accountOf({
      good: {},
      stray: { attachment: ATTACHMENTS.detached },
    });

    await rescan();

    expect(world.queue).toEqual([]);
    expect([...world.records.keys()]).toEqual([arnOf('good'), arnOf('stray')]);
    expect(world.records.get(arnOf('good'))).toMatchObject({
      baseline: { attachment: ATTACHMENTS.approved },
      outbox: [],
      unkept: [],
    });
    expect(world.records.get(arnOf('stray'))).toMatchObject({
      violation: { controlIds: ['LVG.1'], cause: 'found' },
      outbox: [],
      unkept: [],
    });
    expect([...world.history.values()].map(({ event }) => event)).toEqual(
      expect.arrayContaining(['baseline', 'violation']),
    );
    const written = new Map(world.records);

    const again = await rescan();
    await enforce('good');
    await enforce('stray');

    expect(world.queue).toEqual([]);
    expect(world.records).toEqual(written);
    expect(world.notices).toEqual([]);
    expect(again).toMatchObject({ scanned: 2, compliant: 1 });
  });

  it('leaves it to enforcement to tell of what it acts on', async () => {
    const { rescan, world, enforce } = accountOf({ stray: {} });
    await rescan();
    world.snapshots.set(
      arnOf('stray'),
      snapshotOf({ functionArn: arnOf('stray'), attachment: ATTACHMENTS.detached }),
    );

    await enforce('stray');

    expect(world.notices.map(({ kind }) => kind)).toContain('remediation');
  });

  it('leaves a record to whoever wrote it meanwhile, and has the function looked at once more', async () => {
    const { rescan, world } = accountOf({ good: {}, other: {} });
    const stale = new GuardrailError('it changed', { code: 'RECORD_STALE' });
    world.inject('writeRecord', { errorBefore: stale });

    const report = await rescan({ wake: false, mode: 'audit' });

    expect(report).toMatchObject({ scanned: 2, compliant: 2 });
    expect([...world.records.keys()]).toEqual([arnOf('other')]);
    expect(world.queue).toEqual([
      {
        order: {
          functionArn: arnOf('good'),
          hops: 0,
          wake: false,
          isThorough: true,
          mode: 'audit',
        },
        delaySeconds: 0,
      },
    ]);
  });

  it('leaves it to enforcement to look again at what AWS works on', async () => {
    const { rescan, world } = accountOf({ busy: { lastUpdateStatus: 'InProgress' } });

    await rescan();
    expect(world.queue).toMatchObject([{ order: { functionArn: arnOf('busy') } }]);
    expect(world.records.size).toBe(0);
  });

  it('reads nothing of a known function that cannot be idle and is listed where it belongs', async () => {
    const policy = enforcingPolicy({ access: [PRINCIPAL_NEEDED] });
    const { rescan, work, world } = accountOf(
      { plain: { attachment: ATTACHMENTS.detached } },
      policy,
    );
    await rescan();
    await work();
    world.calls.length = 0;

    const report = await rescan();

    expect(report).toMatchObject({ scanned: 1, compliant: 1 });
    // A constant number of calls, and two a page.
    expect(world.calls.map(({ port }) => port)).toEqual([
      'readBreaker',
      'readNetwork',
      'listPage',
      'readRecords',
      'readInterfaceQuota',
    ]);
  });

  it('reads it where something of it is still open', async () => {
    const policy = enforcingPolicy({ access: [PRINCIPAL_NEEDED] });
    const { rescan, work, world } = accountOf(
      { plain: { attachment: ATTACHMENTS.detached } },
      policy,
    );
    await rescan();
    await work();
    const record = world.records.get(arnOf('plain'));
    if (record === undefined) throw new Error('no record');
    world.records.set(arnOf('plain'), {
      ...record,
      quarantine: { remediationId: 'remediation-1', sinceMs: 0 },
    });
    world.calls.length = 0;

    await rescan();

    expect(world.calls.map(({ port }) => port)).toContain('readSnapshot');
  });

  it('reports idle functions, and has those woken that the policy lists', async () => {
    const idle = { state: 'Inactive', stateReasonCode: 'Idle' };
    const { rescan, work, world } = accountOf({ 'nightly-report': idle, 'pay-api': idle });
    await rescan({ wake: false });
    await work();

    const report = await rescan();

    expect(report.idle).toEqual([
      {
        functionArn: arnOf('nightly-report'),
        isListed: true,
        canWake: 'yes',
        toWake: expect.stringMatching(/^Nothing: /u),
      },
      {
        functionArn: arnOf('pay-api'),
        isListed: false,
        canWake: 'yes',
        toWake: expect.stringMatching(/^List it .*--function-name pay-api /u),
      },
    ]);
    expect(report.remediations).toMatchObject([
      { functionArn: arnOf('nightly-report'), planned: 'wake' },
    ]);
    expect(world.queue).toMatchObject([
      { order: { functionArn: arnOf('nightly-report'), wake: true, hops: 0 } },
    ]);

    await work();

    expect(world.snapshots.get(arnOf('nightly-report'))).toMatchObject({ state: 'Pending' });
    expect(world.snapshots.get(arnOf('pay-api'))).toMatchObject({ state: 'Inactive' });
  });

  it('wakes nothing unless it is asked to, and tells nothing of idleness unless the policy does', async () => {
    const idle = { state: 'Inactive', stateReasonCode: 'Idle' };
    const { rescan } = accountOf({ 'nightly-report': idle });
    const silent = accountOf(
      { 'nightly-report': idle },
      enforcingPolicy({ idle: { report: false, wake: [] } }),
    );

    expect(await rescan({ wake: false })).toMatchObject({
      idle: [{ isListed: true }],
      remediations: [],
    });
    expect(await silent.rescan()).toMatchObject({ scanned: 1, idle: [] });
  });

  it('lowers the mode, and never raises it', async () => {
    const controls = { 'LVG.1': controlOf({ onFound: 'quarantine' }) };
    const lowered = accountOf(
      { stray: { attachment: ATTACHMENTS.detached } },
      enforcingPolicy({ controls }),
    );
    const raised = accountOf(
      { stray: { attachment: ATTACHMENTS.detached } },
      enforcingPolicy({ controls, mode: 'audit' }),
    );

    expect(await lowered.rescan({ mode: 'audit' })).toMatchObject({
      remediations: [],
      findings: [{ remediation: 'withheld' }],
    });
    expect(await raised.rescan({ mode: 'enforce' })).toMatchObject({ remediations: [] });
    for (const { world } of [lowered, raised]) {
      expect(world.queue).toEqual([]);
      expect(world.snapshots.get(arnOf('stray'))).not.toHaveProperty('reservedConcurrency');
      expect(world.records.get(arnOf('stray'))).toMatchObject({
        violation: { controlIds: ['LVG.1'] },
      });
      expect(world.notices).toEqual([]);
    }
  });

  it('looks at the functions that are asked for, and never at its own', async () => {
    const { rescan, world } = accountOf({ 'pay-api': {}, 'pay-job': {}, orders: {} });
    world.snapshots.set(OWN_FUNCTION, snapshotOf({ functionArn: OWN_FUNCTION }));

    expect(await rescan({ functions: ['pay-*'] })).toMatchObject({ scanned: 2 });
    expect(await rescan({ functions: [arnOf('orders')] })).toMatchObject({ scanned: 1 });
    const all = await rescan();
    expect(all).toMatchObject({ scanned: 3 });
    expect(all).not.toHaveProperty('unmatched');
  });

  it('lists what is named but is not there, or is its own, as unknown', async () => {
    const { rescan, world } = accountOf({ orders: {} });
    world.snapshots.set(OWN_FUNCTION, snapshotOf({ functionArn: OWN_FUNCTION }));
    const functions = [arnOf('nonexistent'), OWN_FUNCTION, arnOf('orders'), 'none-*'];

    expect(await rescan({ functions })).toMatchObject({
      scanned: 1,
      unmatched: ['none-*'],
      unknown: [
        { functionArn: arnOf('nonexistent'), reason: 'there is no such function' },
        { functionArn: OWN_FUNCTION, reason: 'a function of the guardrail itself' },
      ],
    });
  });

  it('lists a function that is named and deleted between the list and the read as unknown', async () => {
    const { world } = accountOf({ passing: {} });
    const sweep = createFakeSweep(world);
    sweep.afterPages.push(() => world.snapshots.delete(arnOf('passing')));

    const report = await rescanIn(
      world,
      { ...ALL, functions: [arnOf('passing')] },
      settingsOf(enforcingPolicy()),
      sweep.ports,
    );

    expect(report).toMatchObject({
      scanned: 0,
      unknown: [{ functionArn: arnOf('passing'), reason: 'there is no such function' }],
    });
  });

  it('does not count a function that is deleted between the list and the read', async () => {
    const { rescan, world } = accountOf({ good: {}, passing: {} });
    const sweep = createFakeSweep(world);
    sweep.afterPages.push(() => world.snapshots.delete(arnOf('passing')));

    const report = await rescanIn(world, ALL, settingsOf(enforcingPolicy()), sweep.ports);

    expect(report).toMatchObject({ scanned: 1, compliant: 1, findings: [] });
    await expect(rescan()).resolves.toMatchObject({ scanned: 1 });
  });

  it('reports a function that cannot be read as unknown, and the others as ever', async () => {
    const { rescan, world } = accountOf({ good: {}, shy: {} });
    const message = 'could not read function `good`: TooManyRequestsException';
    world.inject('readSnapshot', {
      errorBefore: new GuardrailError(message, { code: 'OBSERVATION_FAILED' }),
    });

    expect(await rescan()).toMatchObject({
      scanned: 2,
      compliant: 1,
      unknown: [{ functionArn: arnOf('good'), reason: message }],
    });
  });

  it.each([
    ['enqueue', new Error('a mistake in the program')],
    ['enqueue', new GuardrailError('could not enqueue', { code: 'REMEDIATION_FAILED' })],
    ['enqueue', new GuardrailError('could not read', { code: 'OBSERVATION_FAILED' })],
    ['writeRecord', new GuardrailError('could not write', { code: 'REMEDIATION_FAILED' })],
    ['listPage', new GuardrailError('could not list', { code: 'OBSERVATION_FAILED' })],
    ['readRecords', new GuardrailError('could not read records', { code: 'OBSERVATION_FAILED' })],
  ] as const)('fails as a whole where %s fails by $message', async (port, error) => {
    const { rescan, world } = accountOf(
      { good: {}, stray: { attachment: ATTACHMENTS.detached } },
      enforcingPolicy({ controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) } }),
    );
    world.inject(port, { errorBefore: error });

    await expect(rescan()).rejects.toBe(error);
  });
});
