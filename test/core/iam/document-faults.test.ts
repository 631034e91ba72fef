import { describe, expect, it } from 'vitest';
import { toPath } from '../../../functions/core/iam/document-faults.ts';

describe('toPath', () => {
  it.each([
    { steps: [], path: '' },
    { steps: ['Statement', 0, 'Condition', 'Null'], path: 'Statement[0].Condition.Null' },
    { steps: [0, 'Sid'], path: '[0].Sid' },
  ])('writes $path', ({ steps, path }) => {
    expect(toPath(steps)).toBe(path);
  });
});
