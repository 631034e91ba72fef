import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTACHMENTS } from '../../support/builders.ts';
import { createDrill } from '../../support/drill.ts';
import { deployTable, writeDown } from '../explain/guardrail-table.ts';
import { policyFolder } from './policy-folder.ts';
import { startScannedAccount } from './scanned-account.ts';

let account: Awaited<ReturnType<typeof startScannedAccount>>;
let folder: ReturnType<typeof policyFolder>;
let table: string;

beforeAll(async () => {
  account = await startScannedAccount();
  folder = policyFolder();
  table = await deployTable(account);
  await account.create('orders-api', 'forbidden');
  const drill = createDrill();
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.update(ATTACHMENTS.forbidden);
  await drill.run();
  await writeDown(drill, account, table);
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

const scan = (given: object, by?: ReturnType<typeof account.user>) =>
  account.scan({ policy: folder.path('guardrail.yaml'), function: ['orders-api'], ...given }, by);

describe('a scan with the records of a guardrail', () => {
  it.each([
    ['that is named', () => ({ table })],
    ['of a stack', () => ({ stack: 'Small' })],
  ])('knows from a table %s where a function was good', async (_, place) => {
    const { report, told, calls } = await scan(place());

    const [finding] = report().findings.filter(({ controlId }) => controlId === 'LVG.1');
    expect(finding).toMatchObject({ verdict: 'violation', baseline: ATTACHMENTS.approved });
    expect(told[0]).toBe(
      `judged by ${folder.path('guardrail.yaml')}, and by the records of \`${table}\``,
    );
    expect(calls.filter((call) => /^(Put|Update|Delete|BatchWrite|Send)/.test(call))).toEqual([]);
  });

  it('tells what was done lately, the newest last', async () => {
    const { report } = await scan({ table });

    const timeline = report().scan.timeline ?? [];
    expect(timeline.map(({ event, remediation }) => `${event} ${remediation}`)).toContain(
      'done revert',
    );
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
  });

  it('does without what the caller may not read of it, and says so', async () => {
    const viewer = account.user('viewer', {
      Effect: 'Allow',
      Action: ['lambda:*', 'ec2:Describe*', 'iam:SimulatePrincipalPolicy', 'servicequotas:*'],
      Resource: '*',
    });

    const { report, status } = await scan({ table }, viewer);

    const { notSeen, timeline } = report().scan;
    expect(notSeen.map(({ what }) => what)).toEqual(['dynamodb:BatchGetItem', 'dynamodb:Scan']);
    expect({ timeline, status }).toEqual({ timeline: undefined, status: 0 });
  });
});
