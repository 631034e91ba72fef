import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { describeAccountContract } from './account-contract.ts';
import { fakeSnapshot } from './fake-functions.ts';
import { createFakeSweep } from './fake-sweep.ts';
import { createFakeWorld } from './fakes.ts';
import { describeListingContract } from './listing-contract.ts';
import { describeSweepContract } from './sweep-contract.ts';

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describeSweepContract('the fake', async () => createFakeSweep().ports);

describeAccountContract('the fake', async () => {
  const { ports, reports, progress } = createFakeSweep();
  return {
    ...ports,
    readReport: async (reportId) => {
      const findings = reports.get(reportId);
      if (findings !== undefined) return findings;
      throw new GuardrailError('it is not there', { code: 'OBSERVATION_FAILED' });
    },
    readProgress: async () => progress.at(-1),
  };
});

describeListingContract('the fake', async () => {
  const { ports, snapshots, versions } = createFakeSweep();
  return {
    listPage: ports.listPage,
    readSnapshot: ports.readSnapshot,
    readAliases: async (functionArn) => {
      const aliases = await ports.readAliases(functionArn);
      return 'value' in aliases ? aliases.value : new Map();
    },
    create: async (name) => {
      const functionArn = arnOf(name);
      snapshots.set(functionArn, fakeSnapshot({ functionArn }));
    },
    publish: async (name, published) => {
      const { attachment } = fakeSnapshot();
      versions.set(
        arnOf(name),
        published.map((one) => ({ ...one, attachment })),
      );
    },
  };
});

describe('createFakeSweep', () => {
  const accountOf = (...names: readonly string[]) => {
    const sweep = createFakeSweep(createFakeWorld(), 2);
    for (const name of names) {
      sweep.snapshots.set(arnOf(name), fakeSnapshot({ functionArn: arnOf(name) }));
    }
    const page = async (marker?: string) => {
      const answer = await sweep.ports.listPage(false, marker);
      return { ...answer, names: answer?.functions.map(({ functionArn }) => functionArn) };
    };
    return { ...sweep, page };
  };

  it('lists pages of a given size, and what is created or deleted between two of them', async () => {
    const { page, afterPages, snapshots } = accountOf('a', 'b', 'c', 'd');
    afterPages.push(() => {
      snapshots.delete(arnOf('b'));
      snapshots.delete(arnOf('c'));
      snapshots.set(arnOf('e'), fakeSnapshot({ functionArn: arnOf('e') }));
    });

    const first = await page();
    const second = await page(first.nextMarker);

    expect(first.names).toEqual([arnOf('a'), arnOf('b')]);
    expect(second.names).toEqual([arnOf('d'), arnOf('e')]);
    expect(second).not.toHaveProperty('nextMarker');
  });

  it('does not know markers that have expired', async () => {
    const { page, expireMarkers } = accountOf('a', 'b', 'c');
    const { nextMarker } = await page();

    expireMarkers();

    expect((await page(nextMarker)).names).toBeUndefined();
  });

  it('ends calls as the world was told to', async () => {
    const { inject, ports, calls } = accountOf();
    inject('listPage', { errorBefore: new Error('crash') });

    await expect(ports.listPage(true, undefined)).rejects.toThrow('crash');
    expect(calls).toEqual([{ port: 'listPage', args: [true, undefined] }]);
  });

  it('knows last invocations by name, and versions by their states', async () => {
    const { ports, lastInvocations, versions, versionStates } = accountOf('a');
    lastInvocations.set('a', 1).set('b', 2);
    const { attachment } = fakeSnapshot();
    versions.set(arnOf('a'), [{ version: '1', aliases: ['live'], attachment }]);
    versionStates.set(arnOf('a:1'), { state: 'Inactive', stateReasonCode: 'Idle' });

    expect(await ports.readLastInvocations(['a', 'c'])).toEqual({ value: new Map([['a', 1]]) });
    const inactive = { functionArn: arnOf('a'), state: 'Inactive' };
    expect(await ports.readSnapshot(arnOf('a:1'))).toMatchObject(inactive);
    expect(await ports.readSnapshot(arnOf('a:live'))).toMatchObject(inactive);
  });
});
