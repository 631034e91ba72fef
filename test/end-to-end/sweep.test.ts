import {
  CreateAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchSchedules } from '../../lib/cli/demo/sweep-schedule.ts';
import { askForRescan } from '../support/asked-rescan.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const SWEEP = 'lambda-vpc-guardrail-sweep-on-schedule';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What the sweep logs of one run. */
interface Line {
  readonly message: string;
  readonly status: string;
  readonly isHeartbeatMissing: boolean;
  readonly totals?: { readonly scanned: number; readonly baselines: number };
}

describe('the deployed sweep', () => {
  let deployed: DeployedAccount;

  const lines = (): readonly Line[] =>
    deployed.account.journal.invocations
      .filter(({ functionName }) => functionName === SWEEP)
      .flatMap(({ logLines }) => logLines.map((line): Line => JSON.parse(line)))
      .filter(({ message }) => message === 'account swept');
  const subjects = () =>
    deployed.account.journal.messages.flatMap(({ subject }) =>
      subject === undefined ? [] : [subject],
    );
  const callsOfSweep = (operation: string) =>
    deployed.account.journal.calls.filter(
      (call) => call.caller.includes('SweepOnSchedule') && call.operation === operation,
    );
  const switchTo = (state: 'ENABLED' | 'DISABLED') =>
    switchSchedules(adminOf(deployed.account), state);

  const moveTo = async (FunctionName: string, to: VpcConfig) => {
    await deployed.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: to }),
    );
  };
  const attachmentOf = async (FunctionName: string) => {
    const { VpcConfig } = await deployed.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return VpcConfig;
  };

  beforeAll(async () => {
    deployed = await startDeployedAccount();
  });
  afterAll(() => deployed.close());

  it('comes right after a deployment, and confirms what nobody heard of as baselines', async () => {
    const { account, create } = deployed;
    account.trail.change({ losses: 1 });
    await create('orders', NETWORK.approved);
    await create('pay', NETWORK.approved);
    await create('stray', NETWORK.forbidden);
    await account.advance(10 * MINUTE_MS);
    account.trail.change({ losses: 0 });

    await switchTo('ENABLED');
    await account.advance(15 * MINUTE_MS);

    expect(lines()).toMatchObject([{ status: 'ended', totals: { scanned: 3, baselines: 2 } }]);
    expect(callsOfSweep('GetFunction')).toHaveLength(3);
    expect(callsOfSweep('UpdateFunctionConfiguration')).toHaveLength(0);
    expect(subjects()).toEqual([expect.stringMatching(/^\[high\] digest .*violation/)]);
  });

  it('knows the baseline when somebody moves the function', async () => {
    const { account } = deployed;
    await moveTo('orders', NETWORK.forbidden);
    await account.advance(10 * MINUTE_MS);

    expect(await attachmentOf('orders')).toMatchObject(NETWORK.approved);
  });

  it('does nothing until the next one is due, and hears of its own heartbeat', async () => {
    const { account } = deployed;
    const before = lines().length;
    await account.advance(HOUR_MS);

    const since = lines().slice(before);
    expect(since.map(({ status }) => status)).toEqual(Array(4).fill('not-due'));
    expect(since.some(({ isHeartbeatMissing }) => isHeartbeatMissing)).toBe(false);
    expect(callsOfSweep('TagResource')).toHaveLength(1);
  });

  it('tells once that a heartbeat does not come back, and once that one does again', async () => {
    const { account } = deployed;
    const from = subjects().length;
    account.trail.change({ losses: 1 });
    await account.advance(7 * HOUR_MS);
    const lost = subjects().slice(from);
    account.trail.change({ losses: 0 });
    await account.advance(7 * HOUR_MS);
    const found = subjects().slice(from + lost.length);

    expect(lost.filter((subject) => subject.startsWith('[critical]'))).toHaveLength(1);
    expect(lost.join()).toContain('does not hear of changes');
    expect(found.filter((subject) => subject.includes('hears of changes again'))).toHaveLength(1);
  });

  it('finds idle functions and versions, and says since when and how to wake them', async () => {
    const { account, lambda } = deployed;
    await switchTo('DISABLED');
    await lambda.send(new PublishVersionCommand({ FunctionName: 'pay' }));
    await account.advance(5 * MINUTE_MS);
    await lambda.send(
      new CreateAliasCommand({ FunctionName: 'pay', Name: 'live', FunctionVersion: '1' }),
    );
    await account.advance(15 * DAY_MS);

    const { idle } = await askForRescan(deployed);

    const names = idle.map(({ functionArn, version, aliases }) => [
      functionArn.split(':').at(-1),
      version,
      aliases?.join(),
    ]);
    expect(names).toContainEqual(['orders', undefined, undefined]);
    expect(names).toContainEqual(['pay', undefined, undefined]);
    expect(names).toContainEqual(['pay', '1', 'live']);
    expect(idle.every(({ toWake }) => toWake.length > 0)).toBe(true);
  });
});
