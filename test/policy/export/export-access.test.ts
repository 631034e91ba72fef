import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ExportOptions, exportAccess } from '../../../lib/policy/export/export-access.ts';
import { documentOf } from '../../support/access-documents.ts';
import cases from './exports.json' with { type: 'json' };
import shipped from './shipped-exports.json' with { type: 'json' };

interface RenderedStatement {
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCP: ExportOptions = { as: 'scp', exceptPrincipals: [] };
const SERVICE_ROLES = 'arn:aws:iam::*:role/aws-service-role/*';

function deny(more: object) {
  return documentOf({
    Statement: { Sid: 'Long', Effect: 'Deny', Action: 'lambda:*', Resource: '*', ...more },
  });
}

function statementsOf(json: string): readonly RenderedStatement[] {
  return JSON.parse(json).Statement;
}

/** Takes the carve-out, which has to be there, out of a statement. */
function withoutCarveOut({ Condition, ...statement }: RenderedStatement): object {
  const { ArnNotLike, ...others } = Condition;
  const principals = [ArnNotLike?.['aws:PrincipalArn'] ?? []].flat();
  expect(principals.pop()).toBe(SERVICE_ROLES);
  const rest = principals.length > 0 ? { ArnNotLike: { 'aws:PrincipalArn': principals } } : {};
  const conditions = { ...others, ...rest };
  return Object.keys(conditions).length > 0 ? { ...statement, Condition: conditions } : statement;
}

describe('exportAccess', () => {
  it.each(shipped)('exports $document', ({ document, exact, statements }) => {
    const value: unknown = JSON.parse(readFileSync(`${ROOT}${document}`, 'utf8'));

    const exported = exportAccess([documentOf(value, document)], SCP);

    expect(exported.exact).toBe(exact);
    expect(exported.documents.flatMap(({ json }) => statementsOf(json))).toEqual(statements);
  });

  it('has a row for each document that is shipped', () => {
    const files = globSync('policies/**/*.json', { cwd: ROOT });

    expect(shipped.map(({ document }) => document).toSorted()).toEqual(files.toSorted());
  });

  it.each(cases)('exports $name', ({ document, statements, leftOut }) => {
    const exported = exportAccess([documentOf(document, 'team/access-1.json')], SCP);

    const rendered = exported.documents.flatMap(({ json }) => statementsOf(json));
    expect(rendered.map(withoutCarveOut)).toEqual(statements);
    expect(exported.leftOut).toEqual(
      leftOut.map((each) => ({ ...each, document: 'team/access-1.json' })),
    );
    expect(exported.exact).toBe(leftOut.length === 0);
  });

  it('exports nothing for no documents', () => {
    expect(exportAccess([], { ...SCP, regions: [] })).toEqual({
      exact: true,
      documents: [],
      leftOut: [],
    });
  });

  it('exports a Deny that can never match as nothing', () => {
    const { name, statements } = deny({ Condition: { Null: { 'lambda:VpcIds': 'true' } } });
    const never = statements.map(({ conditions, ...statement }) => ({
      ...statement,
      conditions: [...conditions, ...conditions.map((each) => ({ ...each, values: ['false'] }))],
    }));

    expect(exportAccess([{ name, statements: never }], SCP)).toEqual({
      exact: true,
      documents: [],
      leftOut: [],
    });
  });

  it('adds those who are carved out to those whom a statement does not mean', () => {
    const document = deny({
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
    });
    const exceptPrincipals = ['arn:aws:iam::*:role/guardrail-*', SERVICE_ROLES];

    const { documents } = exportAccess([document], { as: 'iam', exceptPrincipals });

    expect(statementsOf(documents[0]?.json ?? '')[0]?.Condition).toEqual({
      ArnNotLike: {
        'aws:PrincipalArn': [
          'arn:aws:iam::*:role/admin',
          'arn:aws:iam::*:role/guardrail-*',
          SERVICE_ROLES,
        ],
      },
    });
  });

  it('denies the two calls where the regions have no guardrail', () => {
    const { documents, exact } = exportAccess([], { ...SCP, regions: ['us-east-1', 'eu-west-1'] });

    expect(exact).toBe(true);
    expect(documents.map(({ json }) => JSON.parse(json))).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OutsideGuardedRegions',
            Effect: 'Deny',
            Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
            Resource: '*',
            Condition: {
              StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] },
              ArnNotLike: { 'aws:PrincipalArn': SERVICE_ROLES },
            },
          },
        ],
      },
    ]);
  });

  it.each([
    {
      options: { exceptPrincipals: ['guardrail'] },
      got: 'expected an ARN with its six parts, got `guardrail`',
    },
    {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
      options: { exceptPrincipals: ['arn:aws:iam::${aws:PrincipalAccount}:role/x'] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
      got: 'expected an ARN with its six parts, got `arn:aws:iam::${aws:PrincipalAccount}:role/x`',
    },
    { options: { regions: ['eu-*'] }, got: 'expected a region such as `eu-west-1`, got `eu-*`' },
  ])('refuses to carve out or guard what it cannot: $got', ({ options, got }) => {
    expect(() => exportAccess([], { ...SCP, ...options })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: got }),
    );
  });

  it('leaves out statements of documents that name principals', () => {
    const statement = { Action: '*', Resource: '*', Principal: '*' };
    const document = documentOf(
      {
        Statement: [
          { ...statement, Sid: 'No', Effect: 'Deny' },
          { ...statement, Sid: 'Yes', Effect: 'Allow' },
        ],
      },
      'queue.json',
      { allowPrincipal: true },
    );
    const why = 'the statement names a principal';

    expect(exportAccess([document], SCP)).toEqual({
      exact: false,
      documents: [],
      leftOut: [
        { document: 'queue.json', statement: 'No', why },
        { document: 'queue.json', statement: 'Yes', why },
      ],
    });
  });

  it('gives up on Allows that take too many statements, unless another one covers everything', () => {
    const Statement = Array.from({ length: 8 }, (_, index) => ({
      Sid: `S${index}`,
      Effect: 'Allow',
      Action: 'lambda:*',
      Resource: '*',
      Condition: {
        'ForAllValues:StringEquals': { 'lambda:SubnetIds': `subnet-${index}` },
        'ForAnyValue:StringLike': { 'lambda:SecurityGroupIds': `sg-${index}` },
      },
    }));

    const { documents, leftOut } = exportAccess([documentOf({ Statement })], SCP);
    const all = { Sid: 'All', Effect: 'Allow', Action: 'lambda:*', Resource: '*' };
    const open = exportAccess([documentOf({ Statement: [...Statement, all] })], SCP);

    expect(open).toEqual({ exact: true, documents: [], leftOut: [] });
    expect(documents).toEqual([]);
    expect(leftOut).toHaveLength(8);
    expect(leftOut[7]).toEqual({
      document: 'one.json',
      statement: 'S7',
      why: 'what the Allows do not cover takes more than 128 statements',
    });
  });
});
