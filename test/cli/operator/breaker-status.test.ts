import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { showBreaker } from '../../../lib/cli/operator/breaker-command.ts';
import {
  ADMIN,
  FUNCTION,
  NEW_POLICY,
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

    await stack.advance(60_000);
    const { text } = await stack.run(showBreaker, { table: 'one', format: 'table' });

    expect(text).toContain('because   1 remediation was wanted within 15 min');
    expect(text).toContain('spent, expired at 2026-11-22T12:00:01.000Z: orders-api');
    expect(text).not.toContain('deployed');
  });

  it('says nothing of an old trip once the breaker is closed by hand', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.setByHand('breaker', 'closed');

    expect((await stack.run(showBreaker)).json()).not.toHaveProperty('trip');
  });

  it('says nothing of a plan that a breaker closed by hand has left behind', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.approve(PLAN);
    await stack.setByHand('breaker', 'closed');

    expect((await stack.run(showBreaker)).json()).not.toHaveProperty('plan');
  });

  it('says that it cannot read a plan that somebody wrote by hand, and why', async () => {
    await stack.handler.tripBreaker(NEW_POLICY);
    await stack.setByHand('plan', JSON.stringify({ ...PLAN, max: 0 }));

    const { text } = await stack.run(showBreaker, { format: 'table' });

    expect(text).toContain(
      'plan      approves nothing: `the account item` `max`: expected a whole number from 1 to 1000',
    );
  });
});

describe('the account item', () => {
  it.each([
    ['a stack', { stack: 'Other' }, 'there is no stack `Other`'],
    ['a table', { table: 'three' }, 'there is no table `three` in this account and region'],
    ['a stack', { stack: '' }, '`--stack`: expected a name, got an empty one'],
    ['a table', { table: '' }, '`--table`: expected a name, got an empty one'],
  ])('is looked for in vain in %s that does not exist', async (_, given, message) => {
    await expect(stack.run(showBreaker, given)).rejects.toThrow(message);
  });
});
