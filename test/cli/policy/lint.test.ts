import { describe, expect, it } from 'vitest';
import { lintFile } from '../../../lib/cli/policy/lint.ts';
import { fakeTerminal, folderOf, statementOf } from './fake-terminal.ts';

const VPCS = { Statement: statementOf('Vpcs', { StringEquals: { 'lambda:VpcIds': 'vpc-9' } }) };
const GOOD = { Statement: statementOf('RequireVpc', { Null: { 'lambda:VpcIds': 'true' } }) };
const ENDED = `version: 1
access: [one.json]
exemptions:
  - { functions: [a], controls: [LVG.1], owner: shop, reason: moved, expires: 2026-11-21 }
`;

describe('lintFile', () => {
  it('says that it found nothing', () => {
    using folder = folderOf({ 'one.json': GOOD });
    const { terminal, printed } = fakeTerminal();

    expect(lintFile(folder.path('one.json'), { format: 'table' }, terminal)).toBe(0);
    expect(printed()).toBe('nothing found\n');
  });

  it('says what it found in a policy and its documents, and what to write instead', () => {
    using folder = folderOf({ 'guardrail.yaml': ENDED, 'one.json': VPCS });
    const file = folder.path('guardrail.yaml');
    const { terminal, printed } = fakeTerminal();

    expect(lintFile(file, { format: 'table' }, terminal)).toBe(1);
    expect(printed()).toBe(`${file}:4:5 exemptions[0] (exemption-ended)
  the exemption has ended on 2026-11-21: it covers nothing any more
  leave out exemptions[0]

${folder.path('one.json')}:2:16 Vpcs (deny-escaped-without-vpc)
  \`StringEquals\` on \`lambda:VpcIds\` asks nothing of functions in no VPC, and no other statement refuses those
  add:
    {
      "Sid": "RequireVpc",
      "Effect": "Deny",
      "Action": [
        "lambda:CreateFunction",
        "lambda:UpdateFunctionConfiguration"
      ],
      "Resource": "*",
      "Condition": {
        "Null": {
          "lambda:VpcIds": "true"
        }
      }
    }

2 findings
`);
  });

  it('says what goes for what comes, and what cannot be placed or corrected', () => {
    const age = { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } };
    const like = { StringNotLike: { 'lambda:VpcIds': 'vpc-1*' } };
    using folder = folderOf({
      'guardrail.yaml': 'version: 1\naccess: [other.json, two.json]\n',
      'other.json': { Statement: statementOf('Age', age, { Action: 's3:*' }) },
      'two.json': {
        Statement: statementOf('Vpc', { ...like, StringNotEquals: { 'lambda:VpcIds': 'vpc-*' } }),
      },
    });
    const { terminal, printed } = fakeTerminal({ hasColors: true });

    expect(lintFile(folder.path('guardrail.yaml'), { format: 'table' }, terminal)).toBe(1);
    const other = folder.path('other.json');
    expect(printed()).toContain(`\u001b[1m${other}\u001b[22m \u001b[2m(nothing-about-`);
    expect(printed()).toContain('  instead of Vpc:\n');
    expect(printed()).toMatch(/wildcard-in-equals.*\n.*is spelled so\n\n/);
  });

  it('prints one JSON document where that is asked for', () => {
    using folder = folderOf({ 'one.json': VPCS });
    const { terminal, printed } = fakeTerminal();

    expect(lintFile(folder.path('one.json'), { format: 'json' }, terminal)).toBe(1);
    expect(JSON.parse(printed())).toMatchObject({
      findings: [
        {
          rule: 'deny-escaped-without-vpc',
          statement: 'Vpcs',
          line: 2,
          column: 16,
          correction: { replaces: [], statements: [{ Sid: 'RequireVpc' }] },
        },
      ],
    });
  });

  it('says all faults of a document that does not compile', () => {
    using folder = folderOf({ 'one.json': '{ "Statement": [{}, 1] }' });
    const { terminal, told, printed } = fakeTerminal();

    expect(lintFile(folder.path('one.json'), { format: 'json' }, terminal)).toBe(2);
    expect(told.length).toBeGreaterThan(1);
    expect(printed()).toBe('');
  });
});
