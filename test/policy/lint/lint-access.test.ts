import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintAccess } from '../../../lib/policy/lint/lint-access.ts';
import type { LintFinding } from '../../../lib/policy/lint/lint-finding.ts';
import { ACCESS_RULES } from '../../../lib/policy/lint/rules.ts';
import { parseDocumentText } from '../../../lib/policy/read-document.ts';
import { applyCorrection, type Documents, judgeCall, sourcesOf } from './lint-case.ts';

interface LintCase {
  readonly name: string;
  readonly documents: Documents;
  /** Absent where the rule finds nothing. */
  readonly finding?: Partial<LintFinding>;
  readonly judged?: readonly {
    readonly attachment: string;
    readonly action?: string;
    readonly before: string;
    readonly after: string;
  }[];
}

const CASES = new URL('../../cases/', import.meta.url);

describe.each(ACCESS_RULES.map(({ id }) => id))('%s', (rule) => {
  const cases: readonly LintCase[] = JSON.parse(
    readFileSync(new URL(`lint-${rule}.json`, CASES), 'utf8'),
  );
  const find = (documents: Documents) =>
    lintAccess(sourcesOf(documents)).filter((finding) => finding.rule === rule);
  const bad = cases.filter(({ finding }) => finding !== undefined);

  it.each(bad)('finds: $name', ({ documents, finding, judged = [] }) => {
    const [found, ...others] = find(documents);

    expect(others).toEqual([]);
    expect({ ...found, line: undefined, column: undefined }).toEqual({ rule, ...finding });
    if (found?.correction === undefined) return;
    const corrected = applyCorrection(documents, found);
    expect(find(corrected)).toEqual([]);
    for (const { attachment, action = 'lambda:UpdateFunctionConfiguration', ...row } of judged) {
      const before = judgeCall(documents, attachment, action);
      const after = judgeCall(corrected, attachment, action);
      expect({ attachment, action, before, after }).toEqual({ attachment, action, ...row });
    }
  });

  it.each(cases.filter(({ finding }) => finding === undefined))(
    'finds nothing: $name',
    ({ documents }) => {
      expect(find(documents)).toEqual([]);
    },
  );

  it('has cases of both sides', () => {
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.length).toBeLessThan(cases.length);
  });
});

describe('lintAccess', () => {
  it('places findings, in the order of documents and lines', () => {
    const deny = { Effect: 'Deny', Action: 'lambda:CreateFunction', Resource: '*' };
    const vpc = { Condition: { StringNotEquals: { 'lambda:VpcIds': 'vpc-1' } } };
    const other = { ...deny, Action: 's3:*' };

    const findings = lintAccess(
      sourcesOf({
        'one.json': {
          Statement: [
            other,
            { ...deny, Sid: 'A', ...vpc },
            { ...deny, NotAction: 's3:*', Action: undefined, ...vpc },
          ],
        },
        'two.json': { Statement: other },
        'three.json': { Statement: { ...deny, Sid: 'B' } },
      }),
    );

    expect(
      findings.map(({ rule, document, statement, line, column }) => ({
        rule,
        at: `${document}:${line}:${column}`,
        statement,
      })),
    ).toEqual([
      { rule: 'keys-of-other-calls', at: 'one.json:19:5', statement: '#3' },
      { rule: 'nothing-about-attachments', at: 'two.json:2:16', statement: undefined },
      { rule: 'one-call-only', at: 'three.json:2:16', statement: 'B' },
    ]);
  });

  it('never throws, and corrects by statements that can be judged', () => {
    const values = fc.constantFrom('vpc-1', ['subnet-1', 'subnet-*'], ['sg-1'], 'true', 'false');
    const prefix = fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:');
    const operator = fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLikeIfExists');
    const keys = fc.dictionary(
      fc.constantFrom(
        'lambda:VpcIds',
        'Lambda:SubnetIDs',
        'lambda:SecurityGroupIds',
        'aws:PrincipalAccount',
      ),
      values,
      { minKeys: 1, maxKeys: 2 },
    );
    const nulls = fc.dictionary(
      fc.constantFrom('lambda:VpcIds', 'lambda:SubnetIds'),
      fc.constantFrom('true', 'false', ['true', 'false']),
      { maxKeys: 2 },
    );
    const statement = fc
      .record({
        Effect: fc.constantFrom('Allow', 'Deny'),
        Action: fc.constantFrom('lambda:*', ['lambda:CreateFunction'], ['lambda:Update*', 's3:*']),
        Resource: fc.constantFrom('*', 'arn:aws:lambda:*:*:function:a-*'),
        spelled: fc.tuple(prefix, operator).map(([before, name]) => `${before}${name}`),
        keys,
        nulls,
      })
      .map(({ spelled, keys: compared, nulls: asked, ...rest }) => ({
        ...rest,
        Condition: { [spelled]: compared, Null: asked },
      }));

    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (Statement) => {
        const documents = { 'one.json': { Statement } };
        for (const finding of lintAccess(sourcesOf(documents))) {
          const { statements = [] } = finding.correction ?? {};
          if (statements.length === 0) continue;
          const text = JSON.stringify({ Statement: statements });
          expect(parseDocumentText('one.json', text)).toMatchObject({ ok: true });
        }
      }),
    );
  });
});

describe('the shipped documents', () => {
  const ROOT = new URL('../../../', import.meta.url);
  const lintFile = (path: string) => {
    const value: unknown = JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
    return lintAccess(sourcesOf({ [path]: value })).map(({ rule }) => rule);
  };

  it.each(['policies/require-vpc.json', 'policies/demo/approved-network.json'])(
    'have nothing wrong in %s',
    (path) => {
      expect(lintFile(path)).toEqual([]);
    },
  );

  it('have one finding in each example whose row says that functions in no VPC get through', () => {
    const folder = 'policies/examples/';
    const readme = readFileSync(new URL(`${folder}README.md`, ROOT), 'utf8');
    const names = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.json'));
    for (const name of names) {
      const row = readme.split('\n').find((line) => line.startsWith(`| [${name}]`)) ?? '';
      const [, , , letsThrough = ''] = row.split('|');

      expect([name, lintFile(`${folder}${name}`)]).toEqual([name, expectedOf(name, letsThrough)]);
    }
  });
});

function expectedOf(name: string, letsThrough: string): readonly string[] {
  if (!/functions in no VPC/.test(letsThrough)) return [];
  return [name.startsWith('allow-') ? 'allow-without-vpc' : 'deny-escaped-without-vpc'];
}
