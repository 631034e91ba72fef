import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ExportCommand, exportFile } from '../../../lib/cli/policy/export.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { fakeTerminal, folderOf, statementOf } from './fake-terminal.ts';

const SCP: ExportCommand = { as: 'scp', exceptPrincipals: ['arn:aws:iam::*:role/guardrail'] };
const EXACT =
  'exact: true: the documents deny all that the policy denies, and nothing else, apart from those who are carved out';
const VPC = statementOf('RequireVpc', { Null: { 'lambda:VpcIds': 'true' } });
const LONG = Array.from({ length: 9 }, (_, index) => {
  const ids = Array.from({ length: 60 }, (_each, id) => `subnet-${index}${id}`);
  return statementOf(`Subnets${index}`, {
    'ForAnyValue:StringEquals': { 'lambda:SubnetIds': ids },
  });
});

function sidsOf(documents: unknown): readonly string[] {
  return [documents]
    .flat()
    .flatMap((document) => Object(document).Statement)
    .map(({ Sid }) => Sid);
}

describe('exportFile', () => {
  it('prints one document as it is to be attached', () => {
    using folder = folderOf({ 'one.json': { Statement: VPC } });
    const { terminal, told, printed } = fakeTerminal();

    const status = exportFile(folder.path('one.json'), SCP, terminal);

    expect(status).toBe(0);
    expect(told).toEqual([EXACT]);
    expect(sidsOf(JSON.parse(printed()))).toEqual(['RequireVpc']);
    expect(printed()).toContain('"arn:aws:iam::*:role/guardrail"');
  });

  it('denies the calls in regions without a guardrail, and says that nobody is carved out', () => {
    using folder = folderOf({ 'guardrail.yaml': 'version: 1\naccess: []\n' });
    const { terminal, told, printed } = fakeTerminal();
    const command: ExportCommand = { as: 'iam', exceptPrincipals: [], regions: ['eu-west-1'] };

    expect(exportFile(folder.path('guardrail.yaml'), command, terminal)).toBe(0);
    expect(sidsOf(JSON.parse(printed()))).toEqual(['OutsideGuardedRegions']);
    expect(told).toEqual([
      "nobody but AWS's own service roles is carved out: see --except-principal",
      'exact: true: the documents deny all that the policy denies, and both calls in other regions, and nothing else, apart from those who are carved out',
    ]);
  });

  it('prints an empty list where nothing is denied', () => {
    using folder = folderOf({ 'guardrail.yaml': 'version: 1\naccess: []\n' });
    const { terminal, told, printed } = fakeTerminal();

    expect(exportFile(folder.path('guardrail.yaml'), SCP, terminal)).toBe(0);
    expect(printed()).toBe('[]\n');
    expect(told).toEqual(['exact: true: the policy denies nothing, so there is no document']);
  });

  it('says what it has to leave out', () => {
    const plain = statementOf('Plain', { StringEquals: { 'lambda:SubnetIds': 'subnet-1' } });
    using folder = folderOf({
      'guardrail.yaml': 'version: 1\naccess: [one.json]\n',
      'one.json': { Statement: [VPC, { ...plain, Effect: 'Allow' }] },
    });
    const { terminal, told } = fakeTerminal();

    expect(exportFile(folder.path('guardrail.yaml'), SCP, terminal)).toBe(1);
    expect(told).toEqual([
      expect.stringMatching(/^left out: `one\.json` statement `Plain`: /),
      'exact: false: the documents do not deny all that the policy denies',
    ]);
  });

  it('prints several documents as a list', () => {
    using folder = folderOf({ 'one.json': { Statement: LONG } });
    const { terminal, told, printed } = fakeTerminal();

    expect(exportFile(folder.path('one.json'), SCP, terminal)).toBe(0);
    const documents: unknown[] = JSON.parse(printed());
    expect(documents.length).toBeGreaterThan(1);
    expect(sidsOf(documents)).toHaveLength(LONG.length);
    expect(told[0]).toBe(
      `${documents.length} documents, in a list: --output writes each into a file`,
    );
  });

  it('writes each document into a file, and says what became of it', () => {
    using folder = folderOf({ 'one.json': { Statement: LONG } });
    const output = folder.path('new/scp');
    const file = (number: number) => folder.path(`new/scp/policy-${number}.json`);
    const run = () => {
      const { terminal, told, printed } = fakeTerminal();
      expect(exportFile(folder.path('one.json'), { ...SCP, output }, terminal)).toBe(0);
      expect(printed()).toBe('');
      expect(told.splice(-2)).toEqual([
        expect.stringMatching(/^AWS limits how many SCPs .* these are \d, beside those/),
        EXACT,
      ]);
      return told;
    };

    const first = run();
    const names = readdirSync(output);
    expect(first).toEqual(names.map((_, index) => `wrote \`${file(index + 1)}\``));
    for (const name of names) {
      expect(readFileSync(`${output}/${name}`, 'utf8').trim().length).toBeLessThanOrEqual(5120);
    }

    writeFileSync(file(1), '{}');
    for (const number of [1, 12, 3]) writeFileSync(file(names.length + number), '{}');
    writeFileSync(folder.path('new/scp/policy-mine.json'), '{}');
    const [replaced, same] = run();
    expect(replaced).toBe(`replaced \`${file(1)}\`, which was another one`);
    expect(same).toBe(`\`${file(2)}\` is as it was`);
    expect(run().slice(names.length)).toEqual(
      [1, 3, 12].map((number) => {
        return `\`${file(names.length + number)}\` is of an earlier export: remove it`;
      }),
    );
  });

  it('refuses what is no principal, no region, no folder', () => {
    using folder = folderOf({ 'one.json': { Statement: VPC } });
    const refused = (parts: Partial<ExportCommand>) => () =>
      exportFile(folder.path('one.json'), { ...SCP, ...parts }, fakeTerminal().terminal);

    expect(refused({ exceptPrincipals: ['dev'] })).toThrow(UsageError);
    expect(refused({ regions: ['guardrail.yaml'] })).toThrow(
      'expected a region such as `eu-west-1`, got `guardrail.yaml`',
    );
    for (const output of [folder.path('one.json'), folder.path('one.json/a/b'), '/proc/a/b', '']) {
      expect(refused({ output })).toThrow(/^could not write to `.*`: E\w+: .+$/);
    }
  });

  it('says all faults of a policy that does not compile', () => {
    const { terminal, told } = fakeTerminal();

    expect(exportFile('missing.yaml', SCP, terminal)).toBe(2);
    expect(told).toEqual(['`missing.yaml`: no such file']);
  });
});
