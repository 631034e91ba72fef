import { describe, expect, it } from 'vitest';
import { parseDocumentText } from '../../lib/policy/read-document.ts';
import faultCases from '../cases/policy-document-faults.json' with { type: 'json' };

describe('parseDocumentText', () => {
  it.each(faultCases)('reports $name with its place', ({ text, faults }) => {
    const parsed = parseDocumentText('one.json', text);

    expect(parsed.ok ? [] : parsed.faults).toEqual(faults);
  });

  it('leaves keys alone that turn on other calls', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['lambda:GetFunction', 's3:*'],
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    };

    expect(parseDocumentText('one.json', JSON.stringify({ Statement: statement })).ok).toBe(true);
  });
});
