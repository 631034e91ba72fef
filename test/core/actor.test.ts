import { describe, expect, it } from 'vitest';
import { describeActor } from '../../functions/core/actor.ts';
import { DEPLOYER } from '../support/builders.ts';

describe('describeActor', () => {
  it.each([
    [undefined, 'somebody unknown'],
    [{ accountId: '123456789012' }, 'somebody unknown'],
    [{ principalArn: DEPLOYER }, DEPLOYER],
    [{ principalArn: DEPLOYER, sessionName: 'ada' }, `${DEPLOYER} (session ada)`],
    [
      { principalArn: DEPLOYER, invokedBy: 'cloudformation.amazonaws.com' },
      `${DEPLOYER} through cloudformation.amazonaws.com`,
    ],
  ])('names %j for people', (actor, words) => {
    expect(describeActor(actor)).toBe(words);
  });
});
