import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countStatements } from '../../../functions/core/iam/document.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import faultCases from '../../cases/iam-document-faults.json' with { type: 'json' };
import { documentOf } from '../../support/access-documents.ts';

const ALLOW = { Effect: 'Allow', Action: 'lambda:*', Resource: '*' };

describe('parseAccessDocument', () => {
  it.each(faultCases)('reports $name at $path', ({ document, path, expect: text, ...rest }) => {
    const options = 'allowPrincipal' in rest ? { allowPrincipal: true } : {};

    const parsed = parseAccessDocument('one.json', document, options);

    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults).toEqual([
      expect.objectContaining({ path, message: expect.stringContaining(text) }),
    ]);
  });

  it('normalises a document', () => {
    const document = documentOf({
      Version: '2012-10-17',
      Id: 'anything',
      Statement: [
        {
          Sid: 'A',
          Effect: 'Deny',
          NotAction: ['s3:Get*', 'ec2:*'],
          NotResource: 'arn:aws:s3:::bucket/*',
          Condition: {
            'forallvalues:stringlikeifexists': { 'Lambda:SubnetIds': ['subnet-1', 2, true] },
            Bool: { 'aws:SecureTransport': false },
          },
        },
        { ...ALLOW, Sid: '' },
      ],
    });

    expect(document).toStrictEqual({
      name: 'one.json',
      statements: [
        {
          id: 'A',
          effect: 'Deny',
          action: { isNot: true, patterns: ['s3:Get*', 'ec2:*'] },
          resource: { isNot: true, patterns: ['arn:aws:s3:::bucket/*'] },
          conditions: [
            {
              operator: 'StringLike',
              set: 'ForAllValues',
              ifExists: true,
              key: 'lambda:subnetids',
              values: ['subnet-1', '2', 'true'],
            },
            { operator: 'Bool', ifExists: false, key: 'aws:securetransport', values: ['false'] },
          ],
        },
        {
          id: '#2',
          effect: 'Allow',
          action: { isNot: false, patterns: ['lambda:*'] },
          resource: { isNot: false, patterns: ['*'] },
          conditions: [],
        },
      ],
    });
  });

  it.each(['2012-10-17', '2008-10-17'])('reads documents of version %s', (Version) => {
    expect(documentOf({ Version, Statement: ALLOW }).statements).toHaveLength(1);
  });

  it('reports every fault of a document in one go', () => {
    const parsed = parseAccessDocument('one.json', {
      Version: 1,
      Statement: [
        { ...ALLOW, Effect: 'x', Action: ['y'] },
        { ...ALLOW, Condition: { Bool: { z: 1 } } },
      ],
    });

    const paths = parsed.ok ? [] : parsed.faults.map(({ path }) => path);
    expect(paths).toEqual([
      'Version',
      'Statement[0].Effect',
      'Statement[0].Action[0]',
      'Statement[1].Condition.Bool.z',
      'Statement[1].Condition.Bool.z',
    ]);
  });

  it('counts the statements about calls that are not judged', () => {
    const judgeable = { actions: ['lambda:CreateFunction'], keys: ['lambda:vpcids'] };
    const other = { ...ALLOW, Action: 's3:*', Condition: { IpAddress: { 'aws:SourceIp': 'x' } } };
    const parsed = parseAccessDocument('a', { Statement: [other, ALLOW, other] }, { judgeable });
    const strict = parseAccessDocument('a', { Statement: other });

    const documents = parsed.ok ? [parsed.document, documentOf({ Statement: ALLOW })] : [];
    expect(countStatements(documents)).toEqual({ all: 4, unrelated: 2 });
    expect(documents[0]?.statements.map(({ id }) => id)).toEqual(['#2']);
    expect(strict.ok).toBe(false);
  });

  it('judges a statement about one of the calls, and one whose action cannot be read', () => {
    const actions = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];
    const judge = (statement: object) =>
      parseAccessDocument('a', { Statement: statement }, { judgeable: { actions, keys: [] } });
    const one = judge({ ...ALLOW, Action: 'lambda:CreateFunction' });
    const unread = [{}, { Action: [] }].map((action) => judge({ Effect: 'Allow', ...action }));

    expect(one.ok ? one.document.statements : []).toHaveLength(1);
    for (const parsed of unread) {
      const paths = parsed.ok ? [] : parsed.faults.map(({ path }) => path);
      expect(paths).toEqual(['Statement.Action', 'Statement.Resource']);
    }
  });

  it('judges only the keys that it is told, and says so of the key itself', () => {
    const keys = ['lambda:vpcids', 'aws:principalarn'];
    const judgeable = { actions: ['lambda:CreateFunction'], keys };
    const Condition = { StringLike: { 'LAMBDA:vpcIds': 'a', 'lambda:SubnetIds': 'b' } };
    const parsed = parseAccessDocument('a', { Statement: { ...ALLOW, Condition } }, { judgeable });

    expect(parsed.ok ? [] : parsed.faults).toEqual([
      {
        path: 'Statement.Condition.StringLike.lambda:SubnetIds',
        steps: ['Statement', 'Condition', 'StringLike', 'lambda:SubnetIds'],
        message:
          'key `lambda:SubnetIds` cannot be judged: expected one of lambda:VpcIds, aws:PrincipalArn',
        isName: true,
      },
    ]);
  });

  it('leads to a fault step by step', () => {
    const parsed = parseAccessDocument('one.json', { Statement: [{ ...ALLOW, Sid: 1 }] });

    const steps = parsed.ok ? [] : parsed.faults.map((fault) => fault.steps);
    expect(steps).toEqual([['Statement', 0, 'Sid']]);
  });

  it.each([
    { principal: '*', patterns: ['*'] },
    { principal: { AWS: '*' }, patterns: ['*'] },
    { principal: { AWS: '123456789012' }, patterns: ['arn:aws:iam::123456789012:root'] },
    { principal: { AWS: '1234567890123' }, patterns: ['1234567890123'] },
    {
      principal: { AWS: 'arn:aws:iam::123456789012:user/123456789012' },
      patterns: ['arn:aws:iam::123456789012:user/123456789012'],
    },
    {
      principal: { Service: ['events.amazonaws.com'], Federated: 'accounts.google.com' },
      patterns: ['service:events.amazonaws.com', 'federated:accounts.google.com'],
    },
  ])('keeps the principal $principal of a resource document', ({ principal, patterns }) => {
    const options = { allowPrincipal: true };
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole' };
    const named = documentOf({ Statement: { ...statement, Principal: principal } }, 'r', options);
    const negated = documentOf(
      { Statement: { ...statement, NotPrincipal: principal } },
      'r',
      options,
    );

    expect(named.statements[0]?.principal).toEqual({ isNot: false, patterns });
    expect(negated.statements[0]?.principal).toEqual({ isNot: true, patterns });
    expect(named.statements[0]?.resource).toEqual({ isNot: false, patterns: ['*'] });
  });

  it('never throws, and quotes at most 100 characters of its input', () => {
    const names = fc.constantFrom(
      ...[
        'Statement',
        'Effect',
        'Action',
        'Resource',
        'Condition',
        'Principal',
        'Sid',
        '__proto__',
      ],
      ...['Null', 'Bool', 'ForAnyValue:ArnLike', 'aws:PrincipalArn'],
    );
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.constantFrom('Allow', '*', 'lambda:*', 'x'.repeat(5000), `$\{x}`, 'arn:a:b:c:d:e'),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(names, fc.string()), tie('value'), { maxKeys: 5 }),
      ),
    })).value;

    fc.assert(
      fc.property(values, fc.boolean(), fc.boolean(), (value, allowPrincipal, isLimited) => {
        const judgeable = { actions: ['lambda:CreateFunction'], keys: ['lambda:vpcids'] };
        const parsed = parseAccessDocument('one.json', value, {
          allowPrincipal,
          ...(isLimited ? { judgeable } : {}),
        });
        const faults = parsed.ok ? [] : parsed.faults;
        for (const { message } of faults) {
          expect(message).not.toContain('\n');
          expect(message.length).toBeLessThan(450);
        }
      }),
    );
  });
});
