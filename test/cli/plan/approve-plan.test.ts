import { join } from 'node:path';
import { GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_STACK } from '../../../lib/cli/default-stack.ts';
import { switchSchedules } from '../../../lib/cli/demo/sweep-schedule.ts';
import { deployAssembly } from '../../../lib/cli/deploy-assembly.ts';
import { runApprove, showBreaker } from '../../../lib/cli/operator/breaker-command.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { type OwnAssembly, synthesizePolicy } from '../../support/own-policy.ts';
import { fakeTerminal, folderOf } from '../policy/fake-terminal.ts';
import { arnOf, attachmentIn, rescanOf, startPlannedAccount, VPC } from './planned-account.ts';

const MINUTE_MS = 60_000;

const POLICY = `
controls: { LVG.1: { onFound: quarantine }, LVG.6: { enabled: false } }
limits: { accountRemediations: { max: 1, perMinutes: 15 } }
notify: { ownerTag: team }
`;

let assembly: OwnAssembly;
let account: Awaited<ReturnType<typeof startPlannedAccount>>;

beforeAll(async () => {
  assembly = await synthesizePolicy(POLICY);
  account = await startPlannedAccount();
  const { maxAttempts: _, ...settings } = account.settings();
  await deployAssembly({ ...settings, assemblyDir: assembly.folder, account: '123456789012' });
  await switchSchedules(account.settings(), 'DISABLED');
  await account.advance(MINUTE_MS);
}, 60_000);

afterAll(async () => {
  await account?.close();
  await assembly?.remove();
});

/** Where each function is, and how often it may run at once. */
async function states(...names: readonly string[]) {
  const all = names.map(async (FunctionName) => {
    const command = new GetFunctionCommand({ FunctionName });
    const { Configuration, Concurrency } = await account.lambda.send(command);
    return `${FunctionName} ${Configuration?.VpcConfig?.VpcId} ${Concurrency?.ReservedConcurrentExecutions}`;
  });
  return Promise.all(all);
}

it('lets through exactly what a plan of the tripped breaker names', async () => {
  using folder = folderOf({});
  const planFile = folder.path('plan.json');
  const operator = { stack: DEFAULT_STACK, format: 'json' } as const;
  const policy = join(assembly.folder, '..', 'guardrail.yaml');
  await account.create('late', 'approved');
  await account.advance(10 * MINUTE_MS);

  const forecast = await account.plan({ policy });
  await rescanOf(account);
  const breaker = fakeTerminal();
  await showBreaker(operator, breaker.terminal);
  expect(forecast.report()).toMatchObject({
    policy: { isDeployed: true },
    // The guardrail's own functions are there, and are none of its business.
    scanned: 6,
    breaker: { counted: 4, trips: true },
  });
  expect(JSON.parse(breaker.printed())).toMatchObject({
    breaker: 'tripped',
    trip: { reason: 'new-policy' },
    deployedPolicy: forecast.report().policy.hash,
  });

  const move = { FunctionName: 'late', VpcConfig: NETWORK.forbidden };
  await account.lambda.send(new UpdateFunctionConfigurationCommand(move));
  await account.advance(10 * MINUTE_MS);
  const held = await account.plan({ policy, planFile, function: ['late', 'moved', 'strayed'] });
  expect(held.report().remediations).toMatchObject([
    { functionArn: arnOf('late'), remediation: 'revert', to: attachmentIn('approved') },
    { functionArn: arnOf('moved'), remediation: 'quarantine' },
    { functionArn: arnOf('strayed'), remediation: 'quarantine' },
  ]);
  expect(await states('late', 'moved')).toEqual([
    `late ${VPC.forbidden} undefined`,
    `moved ${VPC.forbidden} undefined`,
  ]);

  const approved = fakeTerminal();
  expect(await runApprove({ ...operator, plan: planFile }, approved.terminal)).toBe(0);
  expect(approved.told).toEqual([]);
  await rescanOf(account);

  expect(await states('late', 'moved', 'strayed', 'legacy-1')).toEqual([
    `late ${VPC.approved} undefined`,
    `moved ${VPC.forbidden} 0`,
    `strayed ${VPC.forbidden} 0`,
    `legacy-1 ${VPC.forbidden} undefined`,
  ]);
  const rest = await account.plan({ policy });
  expect(rest.report().remediations.map(({ functionArn }) => functionArn)).toEqual([
    arnOf('legacy-1'),
    arnOf('nowhere'),
  ]);
});
