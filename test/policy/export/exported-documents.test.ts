import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { type ExportOptions, exportAccess } from '../../../lib/policy/export/export-access.ts';
import { documentOf } from '../../support/access-documents.ts';

const SCP: ExportOptions = { as: 'scp', exceptPrincipals: [] };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

function numbered(prefix: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}-${index.toString(16).padStart(17, '0')}`,
  );
}

function deny(more: object) {
  return documentOf({
    Statement: { Sid: 'Long', Effect: 'Deny', Action: 'lambda:*', Resource: '*', ...more },
  });
}

describe('documents of an export', () => {
  const SUBNETS = numbered('subnet', 1000);
  const FUNCTIONS = numbered('arn:aws:lambda:*:*:function:pay', 300);

  it.each([
    { as: 'scp', longest: 5120 },
    { as: 'iam', longest: 6144 },
  ] as const)('are at most $longest characters long as $as', ({ as, longest }) => {
    const document = deny({
      Resource: FUNCTIONS,
      Condition: { 'ForAnyValue:StringEquals': { 'lambda:SubnetIds': SUBNETS } },
    });

    const exported = exportAccess([document], { ...SCP, as });

    const lengths = exported.documents.map(({ json }) =>
      as === 'iam' ? json.replaceAll(/\s/g, '').length : json.length,
    );
    expect(exported.exact).toBe(true);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
    expect(Math.max(...lengths)).toBeGreaterThan(longest / 2);
    expect(exported.documents.slice(0, 2).map(({ name }) => name)).toEqual([
      `lambda-vpc-guardrail-${as}-1`,
      `lambda-vpc-guardrail-${as}-2`,
    ]);
  });

  it('deny together what a statement that was split denied', () => {
    const document = deny({
      Resource: [...FUNCTIONS.slice(0, 99), 'arn:aws:lambda:*:*:function:o*'],
      Condition: { 'ForAnyValue:StringEquals': { 'lambda:SubnetIds': SUBNETS } },
    });
    const exported = exportAccess([document], SCP);
    const before = compileAccess([document]);
    const after = compileAccess(exported.documents.map(({ json }) => documentOf(JSON.parse(json))));
    const subnets = fc.constantFrom(...SUBNETS.slice(0, 40), ...SUBNETS.slice(-40), 'subnet-x');
    const name = fc.constantFrom('orders', 'pay-00000000000000001', 'other');

    fc.assert(
      fc.property(fc.array(subnets, { maxLength: 3 }), name, (subnetIds, functionName) => {
        const request = {
          action: 'lambda:CreateFunction',
          resource: ARN.replace('orders', functionName),
          context: { 'lambda:subnetids': subnetIds },
        };
        expect(after(request).outcome).toBe(before(request).outcome);
      }),
    );
  });

  it.each([
    { condition: { 'ForAnyValue:StringNotEquals': { 'lambda:SubnetIds': SUBNETS } } },
    { condition: { 'ForAllValues:StringEquals': { 'lambda:SubnetIds': SUBNETS } } },
    { condition: { StringNotEquals: { 'lambda:VpcIds': numbered('vpc', 300) } } },
  ])('leave out a long statement that cannot be split: $condition', ({ condition }) => {
    const exported = exportAccess([deny({ Condition: condition })], SCP);

    expect(exported).toEqual({
      exact: false,
      documents: [],
      leftOut: [
        {
          document: 'one.json',
          statement: 'Long',
          why: 'a statement would be longer than the 5120 characters of a document, and its lists cannot be split',
        },
      ],
    });
  });

  it('say it when the carve-out of regions is too long for a document', () => {
    const exceptPrincipals = numbered('arn:aws:iam::123456789012:role/r', 200);

    const exported = exportAccess([], { ...SCP, exceptPrincipals, regions: ['us-east-1'] });

    expect(exported).toMatchObject({ exact: false, documents: [] });
    expect(exported.leftOut).toMatchObject([{ document: 'regions', statement: 'us-east-1' }]);
  });

  it('are indented where white space is not counted or there is room for it, and else are not', () => {
    const [roomy, full, iam] = [
      { ...SCP, count: 5 },
      { ...SCP, count: 160 },
      { ...SCP, count: 200, as: 'iam' as const },
    ].map(({ count, ...options }) => {
      const subnetIds = numbered('subnet', count);
      const condition = { 'ForAnyValue:StringNotEquals': { 'lambda:SubnetIds': subnetIds } };
      return exportAccess([deny({ Condition: condition })], options).documents[0]?.json;
    });

    expect(roomy).toMatch(/^\{\n {2}"Version": "2012-10-17",\n/);
    expect(iam).toMatch(/^\{\n {2}"Version"/);
    expect(full).toMatch(/^\{"Version":"2012-10-17","Statement":\[\{"Sid":"Long",/);
  });
});
