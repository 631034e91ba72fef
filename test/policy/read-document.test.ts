import { describe, expect, it } from 'vitest';
import { parseDocumentText } from '../../lib/policy/read-document.ts';
import faultCases from '../cases/policy-document-faults.json' with { type: 'json' };

describe('parseDocumentText', () => {
  it.each(faultCases)('reports $name with its place', ({ text, faults }) => {
    const parsed = parseDocumentText('one.json', text);

    expect(parsed.ok ? [] : parsed.faults).toEqual(faults);
  });

  it('reports a key that cannot be judged beside the faults of other statements', () => {
    const call = { Action: 'lambda:*', Resource: '*' };
    const address = { StringEquals: { 'aws:SourceIp': '10.0.0.1' } };
    const text = JSON.stringify({
      Statement: [
        { ...call, Effect: 'Deny', Condition: { StringSort: { 'lambda:VpcIds': 'vpc-1' } } },
        { ...call, Effect: 'Deny', Condition: address },
        { ...call, Effect: 'Deny', Sid: 'Named', Condition: address },
      ],
    });
    const parsed = parseDocumentText('one.json', text);

    expect(parsed.ok ? [] : parsed.faults).toEqual([
      expect.stringContaining('`Statement[0].Condition'),
      expect.stringMatching(/^`one\.json` statement `#2`: key `aws:sourceip` cannot be judged/),
      expect.stringMatching(/^`one\.json` statement `Named`: key `aws:sourceip` cannot be judged/),
    ]);
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
