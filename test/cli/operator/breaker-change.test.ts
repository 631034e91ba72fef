import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runApprove, runReset, showBreaker } from '../../../lib/cli/operator/breaker-command.ts';
import type { OperatorOptions } from '../../../lib/cli/operator/operator-account.ts';
import type { Terminal } from '../../../lib/cli/terminal.ts';
import {
  ADMIN,
  NEW_POLICY,
  PLAN,
  POLICY_HASH,
  RESCAN,
  startOperatorStack,
} from './operator-stack.ts';

let stack: Awaited<ReturnType<typeof startOperatorStack>>;

beforeAll(async () => {
  stack = await startOperatorStack();
});

afterAll(() => stack.close());

beforeEach(() => stack.clear());

const PLAN_TEXT = JSON.stringify(PLAN);

const reset = (options: OperatorOptions, terminal: Terminal) =>
  runReset({ ...options, reason: 'it is meant so' }, terminal);

describe('breaker reset', () => {
  it('lets the next remediation through, approves the deployed policy, and says how to look again', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);

    const { status, json } = await stack.run(reset);

    expect(status).toBe(0);
    expect(json()).toEqual({
      table: 'one',
      changed: true,
      said: ['the breaker is closed, and its window is empty'],
      act: {
        command: 'breaker reset',
        by: expect.stringMatching(ADMIN),
        at: '2026-11-22T12:00:00.000Z',
        reason: 'it is meant so',
      },
      rescan: RESCAN,
    });
    expect(await stack.ask('r-1')).toEqual({ status: 'granted' });
    expect(await stack.handler.readBreaker()).toEqual({
      isTripped: false,
      isKilled: false,
      approvedPolicy: POLICY_HASH,
    });
  });

  it('changes nothing where it is closed, and says so', async () => {
    await stack.ask('r-1');

    const { status, text } = await stack.run(reset, { format: 'table' });

    expect([status, text]).toEqual([0, 'the breaker is not tripped: nothing was changed\n']);
  });

  it('loses nothing that a handler writes at the same time', async () => {
    await stack.handler.tripBreaker({ ...NEW_POLICY, limit: { max: 2, perMinutes: 15 } });

    const [, ...answers] = await Promise.all([
      stack.run(reset),
      ...['a', 'b', 'c', 'd'].map((id) => stack.ask(id)),
    ]);

    const granted = answers.filter(({ status }) => status === 'granted').length;
    const { spent, breaker } = (await stack.run(showBreaker)).json();
    expect([spent.length, breaker]).toEqual([granted, 'closed']);
  });

  it.each(['', ' ', 'x'.repeat(501)])('wants a reason, not %j', async (reason) => {
    await expect(
      stack.run((options, terminal) => runReset({ ...options, reason }, terminal)),
    ).rejects.toThrow('`--reason`: expected 1 to 500 characters that say why');
  });
});

describe('breaker approve', () => {
  it('lets what the plan names through, and says what stays withheld', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);

    const { status, json, file } = await stack.approve(PLAN);

    expect(status).toBe(0);
    expect(json()).toMatchObject({
      changed: true,
      said: [
        'up to 1 remediation of 1 function is approved until 2026-11-22T13:00:00.000Z',
        'the breaker stays tripped for all others',
      ],
      act: { command: 'breaker approve', reason: `the plan ${file}` },
      rescan: RESCAN,
    });
    expect(await stack.ask('r-1')).toEqual({ status: 'granted' });
    expect(await stack.ask('r-2')).toMatchObject({ status: 'withheld' });
  });

  it('warns of functions that nobody has looked at, and says which plan is replaced', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.look();
    await stack.approve(PLAN);
    await stack.ask('r-1');

    const functions = ['orders-api', 'orders-ap'];
    const { told, json } = await stack.approve({ ...PLAN, functions, max: 3 });

    expect(told).toEqual(['the guardrail knows no function `orders-ap` yet: is the name right?']);
    expect(json().said).toEqual([
      'up to 3 remediations of 2 functions are approved until 2026-11-22T13:00:00.000Z',
      'it takes the place of an earlier plan: 1 of 1 remediations spent, until 2026-11-22T13:00:00.000Z: orders-api',
      'the breaker stays tripped for all others',
    ]);
  });

  it.each([
    [
      'a key that is there twice',
      PLAN_TEXT.replace('"max":1', '"max":1,"max":900'),
      ':1:117 key `max` is there twice: the first would be lost',
    ],
    [
      'broken text',
      PLAN_TEXT.slice(0, -1),
      ':1:149 no JSON: expected `,` or the end of the list or object',
    ],
    ['no text', '', ':1:1 no JSON: expected a value'],
    [
      'an end that is far off',
      PLAN_TEXT.replace('11-22', '12-23'),
      ' `expires`: expected a time within 30 days, got `2026-12-23T13:00:00.000Z`',
    ],
  ])('refuses a plan with %s, and says where', async (_, text, fault) => {
    await stack.handler.tripBreaker(NEW_POLICY);

    const { status, told, file } = await stack.approve(text);

    expect(status).toBe(2);
    expect(told).toEqual([`\`${file}\`${fault}`]);
    expect(await stack.ask('r-1')).toMatchObject({ status: 'withheld' });
  });

  it('reads a plan that begins with a byte order mark', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);

    expect(await stack.approve(`\uFEFF${PLAN_TEXT}`)).toMatchObject({ status: 0 });
  });

  it('refuses a plan for another policy, or one whose time is over', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);

    const { status, told, text, file } = await stack.approve({
      ...PLAN,
      policyHash: 'b'.repeat(64),
      expires: '2026-11-22T12:00:00Z',
    });

    expect([status, text]).toEqual([2, '']);
    expect(told).toEqual([
      `\`${file}\` \`policyHash\`: expected \`${POLICY_HASH}\`, the policy that is deployed, got \`${'b'.repeat(64)}\``,
      `\`${file}\` \`expires\`: expected a time in the future, got \`2026-11-22T12:00:00.000Z\``,
    ]);
    expect(await stack.ask('r-1')).toMatchObject({ status: 'withheld' });
  });

  it('says everything that is wrong with a plan', async () => {
    const { status, told, file } = await stack.approve({ ...PLAN, max: 0, functions: [] });

    expect(status).toBe(2);
    expect(told).toEqual([
      expect.stringContaining(`\`${file}\` \`functions\`: expected 1 to 1000`),
      expect.stringContaining(`\`${file}\` \`max\`: expected a whole number`),
    ]);
  });

  it('refuses where nothing is held back, or where there is no file', async () => {
    await expect(stack.approve(PLAN)).rejects.toThrow(
      'the breaker is not tripped: it holds nothing back',
    );
    await expect(
      stack.run((options, terminal) => runApprove({ ...options, plan: 'none.json' }, terminal)),
    ).rejects.toThrow('could not read the plan `none.json`: no such file');
  });
});
