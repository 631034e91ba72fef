import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocumentText } from '../../lib/policy/read-document.ts';
import faultCases from '../cases/policy-document-faults.json' with { type: 'json' };

describe('parseDocumentText', () => {
  it.each(faultCases)('reports $name with its place', ({ text, faults }) => {
    const parsed = parseDocumentText('one.json', text);

    expect(parsed.ok ? [] : parsed.faults).toEqual(faults);
  });

  it('leaves statements about other calls out, counts them, and keeps the numbers of the others', () => {
    const other = { Effect: 'Deny', Action: ['lambda:GetFunction', 's3:*'], Resource: '*' };
    const text = JSON.stringify({
      Statement: [
        { ...other, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
        { ...other, Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } } },
        { ...other, NotResource: `arn:aws:s3:::$\{aws:username}`, Condition: 'whatever' },
        { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' },
        { Effect: 'Allow', NotAction: 'lambda:*', Resource: '*' },
        { Effect: 'Deny', Action: 'LAMBDA:update*', Resource: '*' },
      ],
    });

    const parsed = parseDocumentText('one.json', text);

    const document = parsed.ok ? parsed.document : undefined;
    expect(document?.statements.map(({ id }) => id)).toEqual(['#4', '#6']);
    expect(document?.unrelated).toBe(4);
  });

  it('takes a statement whose action cannot be read for one about attachments', () => {
    const statement = { Effect: 'Deny', Action: [{}], Condition: { IpAddress: { 'a:b': 'c' } } };
    const parsed = parseDocumentText('one.json', JSON.stringify({ Statement: statement }));

    expect(parsed.ok ? [] : parsed.faults).toEqual([
      expect.stringContaining('`Statement.Resource`: is missing'),
      expect.stringContaining('`Statement.Action[0]`: expected a text'),
      expect.stringContaining('operator `IpAddress` cannot be judged'),
    ]);
  });

  it('never throws, whatever the text, and says each fault in one line with its place', () => {
    const statement = fc.record(
      {
        Sid: fc.oneof(fc.string(), fc.constant('A')),
        Effect: fc.constantFrom('Allow', 'Deny', 'x'),
        Action: fc.constantFrom('lambda:*', 's3:*', '*', '', {}),
        Resource: fc.constantFrom('*', 'arn:x', `$\{a}`, []),
        Condition: fc.dictionary(
          fc.constantFrom('Bool', 'StringLike', 'IpAddress', '__proto__', 'constructor'),
          fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
          { maxKeys: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    const documents = fc.record({ Statement: fc.oneof(statement, fc.array(statement)) });
    const texts = fc.oneof(
      documents.map((document) => JSON.stringify(document)),
      fc.json(),
    );

    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseDocumentText('one.json', text);
        for (const fault of parsed.ok ? [] : parsed.faults) {
          expect(fault).toMatch(/^`one\.json`:\d+:\d+ .+$/);
        }
      }),
    );
  });
});
