import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { showBreaker } from '../../../lib/cli/operator/breaker-command.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';
import {
  ADMIN,
  FUNCTION,
  NEW_POLICY,
  NOW_MS,
  PLAN,
  POLICY_HASH,
  startOperatorStack,
} from './operator-stack.ts';

let stack: Awaited<ReturnType<typeof startOperatorStack>>;

beforeAll(async () => {
  stack = await startOperatorStack();
});

afterAll(() => stack.close());

beforeEach(() => stack.clear());

describe('breaker status', () => {
  it('says of an account that nobody has written that nothing is held back', async () => {
    const { status, json } = await stack.run(showBreaker);

    expect(status).toBe(0);
    expect(json()).toEqual({
      table: 'one',
      breaker: 'closed',
      spent: [],
      deployedPolicy: POLICY_HASH,
    });
  });

  it('says what tripped it, whether people know, and what is approved', async () => {
    await stack.ask('r-1');
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.approve(PLAN);

    const { json } = await stack.run(showBreaker);
    const { text } = await stack.run(showBreaker, { format: 'table' });

    const at = '2026-11-22T11:59:00.000Z';
    expect(json()).toMatchObject({
      breaker: 'tripped',
      trip: { ...NEW_POLICY, at, isTold: false },
      plan: { functions: [FUNCTION], max: 1, spent: 0, isExpired: false },
      spent: [{ remediationId: 'r-1', at }],
      lastSet: { command: 'breaker approve', by: expect.stringMatching(ADMIN) },
    });
    expect(text.split('\n')).toEqual([
      'breaker   tripped',
      `because   a policy that nobody had approved wanted 26 remediations or more at once, and 25 are allowed; at ${at}`,
      'people    were not told yet',
      'plan      0 of 1 remediations spent, until 2026-11-22T13:00:00.000Z: orders-api',
      `spent     1, the last at ${at}`,
      `deployed  ${POLICY_HASH}`,
      'approved  no policy yet',
      expect.stringMatching(/^last set {2}breaker approve at 2026-11-22T12:00:00.000Z by arn:aws/),
      '',
    ]);
  });

  it('says what a full window and an expired plan come to, where only the table is named', async () => {
    await stack.ask('r-1', { max: 0, perMinutes: 15 });
    await stack.approve({ ...PLAN, expires: '2026-11-22T12:00:01Z' });

    const late = fakeTerminal({ nowMs: NOW_MS + 60_000 });
    await showBreaker({ ...stack.options, table: 'one', format: 'table' }, late.terminal);

    expect(late.printed()).toContain('because   1 remediations were wanted within 15 min');
    expect(late.printed()).toContain('spent, expired at 2026-11-22T12:00:01.000Z: orders-api');
    expect(late.printed()).not.toContain('deployed');
  });

  it('says nothing of an old trip once the breaker is closed by hand', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.setByHand('breaker', 'closed');

    expect((await stack.run(showBreaker)).json()).not.toHaveProperty('trip');
  });
});

describe('the account item', () => {
  it.each([
    ['a stack', { stack: 'Other' }, 'there is no stack `Other`'],
    ['a table', { table: 'three' }, 'there is no table `three` in this account and region'],
  ])('is looked for in vain in %s that does not exist', async (_, given, message) => {
    await expect(stack.run(showBreaker, given)).rejects.toThrow(message);
  });
});
