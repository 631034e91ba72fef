import { describe, expect, it } from 'vitest';
import { readCompiledPolicy } from '../../functions/runtime/compiled-policy.ts';

describe('readCompiledPolicy', () => {
  it('says that no policy lies beside the sources', () => {
    expect(() => readCompiledPolicy()).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: 'no policy lies beside the code of this function',
        cause: expect.objectContaining({ message: expect.stringContaining('policy.mjs') }),
      }),
    );
  });
});
