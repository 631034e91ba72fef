import { GetFunctionCommand, type LambdaClient, TagResourceCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployAssembly } from '../../lib/cli/deploy-assembly.ts';
import { askForRescan } from '../support/asked-rescan.ts';
import { assumeTagger, hireTagger } from '../support/assumed-role.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';
import { type OwnAssembly, synthesizePolicy } from '../support/own-policy.ts';

const DAY_MS = 24 * 3_600_000;
const LAST_DAY = '2026-11-27';
const POLICY = `
controls:
  LVG.1: { onFound: quarantine }
  LVG.6: { enabled: false }
trustedTags: [{ key: approved-by, writers: ["arn:aws:iam::*:role/platform-*"] }]
exemptions:
  - functions: ["legacy-*"]
    controls: [LVG.1]
    owner: payments
    reason: moves to the new network with ticket 42
    expires: ${LAST_DAY}
  - functions: ["tag:approved-by=platform"]
    controls: [LVG.1]
    owner: platform
    reason: looked at one by one
    expires: 2027-03-31
notify: { exemptionExpiryDays: 7 }
`;
const BY_NAME = {
  owner: 'payments',
  reason: 'moves to the new network with ticket 42',
  expires: LAST_DAY,
};

describe('an exemption, deployed', () => {
  let assembly: OwnAssembly;
  let deployed: DeployedAccount;
  let platform: LambdaClient;
  let maria: LambdaClient;

  const isQuarantined = async (FunctionName: string) => {
    const { Concurrency } = await deployed.lambda.send(new GetFunctionCommand({ FunctionName }));
    return Concurrency?.ReservedConcurrentExecutions === 0;
  };
  /** What people read from here on, each notice once. */
  const listen = () => {
    const { messages } = deployed.account.journal;
    const from = messages.length;
    return () =>
      messages.slice(from).flatMap(({ subject = '', bodies: { email: text } }) => {
        return text === undefined ? [] : [{ subject, text }];
      });
  };
  const rescan = async (...functions: readonly string[]) => {
    const report = await askForRescan(deployed, { functions });
    await deployed.account.advance(600_000);
    return report;
  };

  beforeAll(async () => {
    [assembly, deployed] = await Promise.all([synthesizePolicy(POLICY), startDeployedAccount()]);
    const { account, create } = deployed;
    platform = await assumeTagger(account, 'platform-ops');
    maria = await hireTagger(account, 'maria');
    await create('legacy-old', NETWORK.forbidden);
    await account.advance(600_000);
  }, 60_000);

  afterAll(async () => {
    platform.destroy();
    maria.destroy();
    await deployed.close();
    await assembly.remove();
  });

  it('that is deployed releases who was there before, and is told of before it ends', async () => {
    const { account } = deployed;
    expect(await isQuarantined('legacy-old')).toBe(true);
    const told = listen();
    await deployAssembly({
      assemblyDir: assembly.folder,
      account: '123456789012',
      ...adminOf(account),
    });
    await account.advance(60_000);

    const first = await rescan('*');
    const second = await rescan('*');

    expect(await isQuarantined('legacy-old')).toBe(false);
    expect(first.remediations).toEqual([expect.objectContaining({ planned: 'release' })]);
    expect(second.remediations).toEqual([]);
    for (const { findings } of [first, second]) {
      expect(findings).toEqual([
        expect.objectContaining({ controlId: 'LVG.1', verdict: 'violation', exemption: BY_NAME }),
      ]);
    }
    expect(told().filter(({ subject }) => subject.startsWith('[exemption]'))).toEqual([
      {
        subject: expect.stringContaining(`ends on ${LAST_DAY}: LVG.1 on legacy-*`),
        text: expect.stringContaining(`payments answers for it: ${BY_NAME.reason}`),
      },
    ]);
  });

  it('by name does not cover who came later', async () => {
    await deployed.create('legacy-new', NETWORK.forbidden);
    await deployed.account.advance(600_000);

    const { findings } = await rescan('legacy-new');

    expect(await isQuarantined('legacy-new')).toBe(true);
    expect(findings.map(({ controlId }) => controlId)).toContain('LVG.1');
    expect(findings.filter(({ exemption }) => exemption)).toEqual([]);
  });

  it('by tag covers whom a trusted role tagged, and nobody else, and people hear who did it', async () => {
    const { account, create } = deployed;
    const Resource = await create('tagged', NETWORK.forbidden);
    await account.advance(600_000);
    const tag = async (client: LambdaClient) => {
      const told = listen();
      await client.send(new TagResourceCommand({ Resource, Tags: { 'approved-by': 'platform' } }));
      await account.advance(600_000);
      return told().find(({ subject }) => subject.includes('had a tag changed'))?.text;
    };

    const byMaria = await tag(maria);
    const afterMaria = await isQuarantined('tagged');
    const byPlatform = await tag(platform);

    expect(byMaria).toMatch(/user\/maria changed tags of .*none of its writers/s);
    expect(afterMaria).toBe(true);
    expect(byPlatform).toMatch(/role\/platform-ops.* changed tags of .*one of its writers/s);
    expect(await isQuarantined('tagged')).toBe(false);
    const { findings } = await rescan('tagged');
    expect(findings).toContainEqual(
      expect.objectContaining({
        controlId: 'LVG.1',
        exemption: { owner: 'platform', reason: 'looked at one by one', expires: '2027-03-31' },
      }),
    );
  });

  it('covers nothing once its last day is over', async () => {
    const { account } = deployed;
    const lastMoment = Date.parse(`${LAST_DAY}T00:00:00Z`) + DAY_MS - 1;
    await account.advance(lastMoment - account.clock.nowMs());
    const before = await askForRescan(deployed, { functions: ['legacy-old'] });
    await account.advance(1);
    const told = listen();
    const after = await rescan('legacy-old');

    expect(before.findings[0]?.exemption).toEqual(BY_NAME);
    expect(after.findings[0]).toMatchObject({ controlId: 'LVG.1', remediation: 'quarantine' });
    expect(after.findings[0]).not.toHaveProperty('exemption');
    expect(await isQuarantined('legacy-old')).toBe(true);
    expect(await isQuarantined('tagged')).toBe(false);
    expect(told().map(({ subject }) => subject)).toEqual(['[high] legacy-old was quarantined']);
  });
});
