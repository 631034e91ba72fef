import { existsSync, readFileSync } from 'node:fs';
import {
  DeleteFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { isApproved, parsePlan } from '../../../functions/core/plan.ts';
import type { PlanReport } from '../../../lib/cli/plan/plan-report.ts';
import type { PlanOptions } from '../../../lib/cli/plan/run-plan.ts';
import { deployTable, writeRecord } from '../explain/guardrail-table.ts';
import { folderOf } from '../policy/fake-terminal.ts';
import {
  arnOf,
  attachmentIn,
  bornRecord,
  goodRecord,
  movedRecord,
  policiesOf,
  scanBy,
  startPlannedAccount,
} from './planned-account.ts';

const { subnetIds, securityGroupIds } = attachmentIn('approved');
const FALLBACK = `fallbackAttachment: { subnetIds: [${subnetIds}], securityGroupIds: [${securityGroupIds}] }\n`;
const EXEMPT =
  'exemptions: [{ functions: ["legacy-*"], controls: [LVG.1], owner: pay, reason: moves, expires: 2027-03-31 }]\n';
const REVERT = 'controls: { LVG.1: { onFound: revert }, LVG.6: { enabled: false } }\n';

let account: Awaited<ReturnType<typeof startPlannedAccount>>;
let folder: ReturnType<typeof policiesOf>;
let table: string;

beforeAll(async () => {
  account = await startPlannedAccount();
  folder = policiesOf({
    old: 'controls: { LVG.6: { enabled: false } }\n',
    new: REVERT + EXEMPT,
    fallback: REVERT + EXEMPT + FALLBACK,
    notify: 'controls: { LVG.6: { enabled: false } }\n',
    narrow: `${REVERT}limits: { accountRemediations: { max: 1, perMinutes: 5 } }\n`,
    waking: `${REVERT}idle: { wake: ["good"] }\n`,
    faulty: 'modes: enforce\n',
  });
  table = await deployTable(account);
  await writeRecord(movedRecord('moved'), account, table);
  await writeRecord(bornRecord('strayed'), account, table);
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

const file = (name: string) => folder.path(`${name}.yaml`);

const plan = (name: string, given: Partial<PlanOptions> = {}) =>
  account.plan({ policy: file(name), ...given });

/** What would be done to which function, and whether it counts. */
function actsOf({ remediations }: PlanReport): readonly string[] {
  return remediations
    .map(({ functionArn, remediation, isCounted, to }) => {
      return `${functionNameOf(functionArn)} ${remediation} ${isCounted} ${to?.vpcId ?? 'stays'}`;
    })
    .toSorted();
}

function changesOf({ changes }: PlanReport): readonly string[] {
  return changes.map(({ functionArn, change, begins }) => {
    return [functionNameOf(functionArn), change, ...begins.map((one) => one.controlId)].join(' ');
  });
}

describe('a plan without a guardrail', () => {
  it('says who newly violates and who does not any more, and what is exempt', async () => {
    const { ended, report, told } = await plan('new', { against: file('old') });

    expect(ended).toBe(0);
    expect(changesOf(report())).toEqual([
      'good newly-compliant',
      'legacy-1 newly-exempt',
      'moved newly-violating LVG.1',
      'strayed newly-violating LVG.1',
    ]);
    expect(report()).toMatchObject({
      account: '123456789012',
      region: 'us-east-1',
      policy: { file: file('new'), mode: 'enforce' },
      against: { file: file('old'), mode: 'enforce' },
      scanned: 5,
      counts: { newlyViolating: 2, newlyCompliant: 1, newlyExempt: 1 },
      notSeen: [],
    });
    expect(told).toEqual([
      `planning ${file('new')}, compared with ${file('old')}, without records, for no guardrail is deployed here`,
    ]);
  });

  it('quarantines what has no baseline, and counts whom that meets', async () => {
    const { report, text } = await plan('new', { against: file('old') });

    expect(actsOf(report())).toEqual([
      'moved quarantine true stays',
      'nowhere quarantine true stays',
      'strayed quarantine true stays',
    ]);
    const { blastRadius, breaker } = report();
    expect(blastRadius.byOwner.map(({ owner, functions }) => [owner, functions])).toEqual([
      ['web', 2],
      [undefined, 1],
    ]);
    expect(blastRadius.byVpc.map(({ vpcId, quarantine }) => [vpcId, quarantine])).toEqual([
      ['vpc-0f0e0d0c0b0a00002', 2],
      [undefined, 1],
    ]);
    expect(breaker).toEqual({ max: 25, perMinutes: 15, counted: 3, trips: false });
    expect(text).not.toContain('tableName');
  });

  it('sends what has no baseline to the fallback, where there is one', async () => {
    const { report } = await plan('fallback', { against: file('new') });

    expect(report().remediations).toMatchObject([
      { remediation: 'fallback', to: attachmentIn('approved'), otherwise: 'quarantine' },
      { remediation: 'fallback', otherwise: 'quarantine' },
      { remediation: 'fallback', otherwise: 'quarantine' },
    ]);
    expect(report().changes).toEqual([]);
  });

  it('forecasts the breaker', async () => {
    const all = await plan('narrow');
    const one = await plan('narrow', { function: ['moved'] });

    const limit = { max: 1, perMinutes: 5 };
    expect(all.report().breaker).toEqual({ ...limit, counted: 4, trips: true });
    expect(one.report().breaker).toEqual({ ...limit, counted: 1, trips: false });
  });

  it('is made as if the policy said enforce, and compared with what the other one does', async () => {
    using audits = policiesOf({ new: REVERT, old: REVERT }, 'audit');

    const { report } = await account.plan({
      policy: audits.path('new.yaml'),
      against: audits.path('old.yaml'),
    });

    expect(report().policy.mode).toBe('audit');
    expect(report().counts.quarantine).toBe(4);
    expect(report().remediations.filter(({ otherwise }) => otherwise !== undefined)).toEqual([]);
  });

  it('is of the functions that are asked for', async () => {
    const { ended, report, told } = await plan('new', { function: ['moved', 'none-*'] });

    expect(report()).toMatchObject({
      scanned: 1,
      asked: ['moved', 'none-*'],
      unmatched: ['none-*'],
    });
    expect(changesOf(report())).toEqual(['moved newly-violating LVG.1']);
    expect([ended, told.at(-1)]).toEqual([
      3,
      'not looked at: 1 pattern that no function matches (none-*)',
    ]);
  });

  it('says what it may not see', async () => {
    const viewer = account.user('viewer', {
      Effect: 'Allow',
      Action: ['lambda:*', 'iam:SimulatePrincipalPolicy', 'servicequotas:*', 'cloudformation:*'],
      Resource: '*',
    });
    const { report } = await account.plan({ policy: file('new'), against: file('old') }, viewer);

    expect(report().notSeen.map(({ what }) => what)).toEqual(['ec2:Describe*']);
    // The other policy knows at least that it is not allowed there.
    expect(changesOf(report())).toContain('good newly-unknown');
    expect(report().unknown.map(({ functionArn }) => functionArn)).toContain(arnOf('good'));
  });
});

describe('what a plan is compared with', () => {
  it.each([
    ['another file', file, 'guardrail.yaml'],
    ['the file that is here', () => 'guardrail.yaml', undefined],
  ] as const)('is the policy here, for %s', async (_, policyOf, against) => {
    const { report } = await account.plan({ policy: policyOf('new'), against: undefined as never });

    expect(report().against?.file).toBe(against);
  });

  it('is nothing where nobody wants it', async () => {
    const { report } = await plan('new', { against: false });

    expect(report()).not.toHaveProperty('against');
    expect(changesOf(report())).toEqual([
      'legacy-1 newly-exempt',
      'moved newly-violating LVG.1',
      'nowhere newly-violating LVG.1',
      'strayed newly-violating LVG.1',
    ]);
  });
});

describe('a plan by the records of a guardrail', () => {
  it('names where what was good goes back to, and does not count what was born so', async () => {
    const { report, told } = await plan('new', { table });

    expect(actsOf(report())).toEqual([
      'moved revert true vpc-0a1b2c3d4e5f60001',
      'nowhere quarantine true stays',
      'strayed quarantine false stays',
    ]);
    expect(report()).toMatchObject({
      tableName: table,
      remediations: expect.arrayContaining([
        expect.objectContaining({
          functionArn: arnOf('moved'),
          from: attachmentIn('forbidden'),
          to: attachmentIn('approved'),
        }),
      ]),
      breaker: { counted: 2 },
    });
    expect(told[0]).toContain(`by the records of \`${table}\``);
  });

  it('releases what is in quarantine and good', async () => {
    await writeRecord(goodRecord('good'), account, table);
    const stopped = { FunctionName: 'good', ReservedConcurrentExecutions: 0 };
    await account.lambda.send(new PutFunctionConcurrencyCommand(stopped));
    const released = await plan('waking', { table, function: ['good'] });
    const unnoticed = await plan('waking', { function: ['good'] });
    await account.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'good' }));

    expect([released, unnoticed].map(({ report }) => actsOf(report()))).toEqual([
      ['good release false stays'],
      [],
    ]);
  });
});

describe('what a plan asks AWS', () => {
  it('is nothing that changes anything, and no more than a scan asks', async () => {
    const records = account.journal.events.length;
    const both = await plan('fallback', { table, against: file('old') });
    const alone = await plan('fallback', { table });
    const scanned = await scanBy(account, { policy: file('fallback'), table });

    expect(
      both.calls.filter((call) => !/^(Get|List|Describe|Simulate|BatchGet)/.test(call)),
    ).toEqual([]);
    expect(account.journal.events).toHaveLength(records);
    expect(both.calls.toSorted()).toEqual(alone.calls.toSorted());
    expect(both.calls.length).toBeLessThanOrEqual(scanned.length);
    expect(both.report().apiCalls).toBe(both.calls.length);
  });

  it('is nothing at all where the policies or the options are bad', async () => {
    const faulty = await plan('faulty', { against: folder.path('none.yaml') });
    expect([faulty.ended, faulty.calls, faulty.text]).toEqual([2, [], '']);
    expect(faulty.told).toEqual([
      expect.stringContaining('`modes`'),
      expect.stringContaining('none.yaml'),
    ]);

    using audits = policiesOf({ new: '' }, 'audit');
    const audit = audits.path('new.yaml');
    const wrong = await Promise.all([
      plan('new', { planFile: '/none/plan.json' }),
      plan('new', { output: '/none/plan.md' }),
      plan('new', { expiresInHours: 3 }),
      account.plan({ policy: audit, planFile: folder.path('plan.json') }),
    ]);
    expect(wrong.flatMap(({ calls }) => calls)).toEqual([]);
    expect(wrong.map(({ ended }) => ended)).toEqual([
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining('ENOENT') }),
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining('ENOENT') }),
      expect.objectContaining({ message: expect.stringContaining('name one with `--plan-file`') }),
      expect.objectContaining({ message: expect.stringContaining('says mode audit') }),
    ]);
  });
});

describe('what a plan is good for', () => {
  it.each([
    ['high', {}, 1],
    ['critical', {}, 0],
    ['low', { against: 'new' }, 0],
  ] as const)(
    'fails a pull request on %s or worse, where it is new: %j',
    async (failOn, given, status) => {
      const against = 'against' in given ? file(given.against) : file('old');

      expect((await plan('fallback', { against, failOn })).ended).toBe(status);
    },
  );

  it('writes a plan file that approves what counts, by the hash of the file', async () => {
    using out = folderOf({});
    const planFile = out.path('plan.json');

    const { ended, told, report } = await plan('new', { table, planFile, expiresInHours: 720 });

    const text = readFileSync(planFile, 'utf8');
    const home = { account: '123456789012', region: 'us-east-1' };
    const parsed = parsePlan(text, { file: planFile, home });
    const hash = report().policy.hash;
    expect(parsed).toMatchObject({ ok: true, plan: { policyHash: hash, max: 2 } });
    const nowMs = Date.UTC(2026, 11, 1);
    const isLetThrough = (name: string) =>
      parsed.ok && isApproved(parsed.plan, { functionArn: arnOf(name), policyHash: hash, nowMs });
    expect(['moved', 'nowhere', 'strayed', 'good'].filter(isLetThrough)).toEqual([
      'moved',
      'nowhere',
    ]);
    expect([ended, told.at(-1)]).toEqual([
      0,
      `wrote \`${planFile}\`: it approves 2 remediations until 2026-12-22T10:10:00.000Z, with \`breaker approve --plan\``,
    ]);
  });

  it('shows what it found and writes none where there is nothing to approve', async () => {
    using out = folderOf({});
    const planFile = out.path('plan.json');

    const { ended, text, report } = await plan('notify', { planFile });

    expect(ended).toMatchObject({ name: 'UsageError', message: /nothing to approve/ });
    expect(report().counts.newlyViolating).toBe(4);
    expect([existsSync(planFile), text.length > 0]).toEqual([false, true]);
  });

  it('writes a comment into a file', async () => {
    using out = folderOf({});
    const output = out.path('comment.md');

    const { text, told } = await plan('new', { format: 'markdown', output });

    expect(readFileSync(output, 'utf8')).toMatch(/^<!-- lambda-vpc-guardrail plan -->\n### /);
    expect([text, told.at(-1)]).toEqual(['', `wrote \`${output}\``]);
  });

  it('shows people a table', async () => {
    const { text } = await plan('new', { format: 'table', output: '-' });

    expect(text).toMatch(/^policy .*new\.yaml \(mode enforce\), compared with nothing/);
  });

  it('says what would be woken', async () => {
    await account.advance(15 * 86_400_000);

    const { report } = await plan('waking', { function: ['good', 'moved'] });

    expect(actsOf(report())).toEqual(['good wake false stays', 'moved quarantine true stays']);
  });
});
