import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandler, handler } from '../../functions/handlers/release-on-request.ts';
import { releaseFunction } from '../../functions/workflows/release-function.ts';
import { createFakeComposition, type FakeComposition } from '../support/compositions.ts';

vi.mock(import('../../functions/workflows/release-function.ts'), () => ({
  releaseFunction: vi.fn<typeof releaseFunction>(),
}));
vi.mock(import('../../functions/runtime/compose.ts'), async () => {
  const { createFakeComposition: create } = await import('../support/compositions.ts');
  return { composeRelease: () => create().composed };
});

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const PAYLOAD = { function: 'orders-api', reason: 'fixed by hand' };
const OUTCOME: Awaited<ReturnType<typeof releaseFunction>> = {
  functionArn: ARN,
  status: 'released',
  reason: 'fixed by hand',
};

const release = vi.mocked(releaseFunction);
let fake: FakeComposition;
let handle: ReturnType<typeof createHandler>;

beforeEach(() => {
  release.mockReset();
  release.mockResolvedValue(OUTCOME);
  fake = createFakeComposition();
  handle = createHandler(fake.composed);
});

describe('a release', () => {
  it('answers what came of it, and logs the same in one line', async () => {
    expect(await handle(PAYLOAD)).toEqual(OUTCOME);
    expect(release).toHaveBeenCalledWith(
      { functionArn: ARN, reason: 'fixed by hand', force: false },
      fake.composed.ports,
      fake.composed.settings,
    );
    expect(fake.lines).toEqual([{ level: 'info', message: 'release decided', fields: OUTCOME }]);
  });

  it.each([
    ['nothing', undefined],
    [
      'a function of another account',
      { ...PAYLOAD, function: ARN.replace('123456789012', '210987654321') },
    ],
    ['no reason', { function: 'orders-api' }],
  ])('refuses %s with one message, before anything is done', async (_, payload) => {
    await expect(handle(payload)).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      message: expect.stringMatching(/^payload is malformed: .*expected/u),
    });
    expect(release).not.toHaveBeenCalled();
  });
});

describe('the deployed handler', () => {
  it('is composed once and answers', async () => {
    expect(await handler(PAYLOAD, {} as never)).toEqual(OUTCOME);
  });
});
