import { describe, expect, it } from 'vitest';
import { readPolicyOrDocument } from '../../lib/policy/read-policy-or-document.ts';
import { folderOf, statementOf } from '../cli/policy/fake-terminal.ts';

const DOCUMENT = { Statement: statementOf('RequireVpc', { Null: { 'lambda:VpcIds': 'true' } }) };
const NOW = { nowMs: Date.UTC(2026, 10, 22) };

describe('readPolicyOrDocument', () => {
  it('reads a policy with its documents', () => {
    using folder = folderOf({
      'guardrail.yaml': 'version: 1\naccess: [one.json]\n',
      'one.json': DOCUMENT,
    });
    const read = readPolicyOrDocument(folder.path('guardrail.yaml'), NOW);

    expect(read).toMatchObject({
      ok: true,
      source: { file: folder.path('guardrail.yaml'), policy: { mode: 'audit' } },
      documents: [{ document: { name: 'one.json' }, text: JSON.stringify(DOCUMENT, undefined, 2) }],
    });
  });

  it.each([
    ['scp.json', JSON.stringify(DOCUMENT)],
    ['scp.txt', `\n ${JSON.stringify(DOCUMENT)}`],
  ])('reads %s as one document', (name, text) => {
    using folder = folderOf({ [name]: text });
    const read = readPolicyOrDocument(folder.path(name), NOW);

    expect(read).toMatchObject({
      ok: true,
      documents: [{ document: { name: folder.path(name) } }],
    });
    expect(read).not.toHaveProperty('source');
  });

  it.each([
    ['{ "version": 1, "access": [] }', 'guardrail.json'],
    ['{ version: 1, access: [] }', 'guardrail.yaml'],
    [' {version : 1, access: [] }', 'guardrail.yaml'],
    ['{  version: 1, access: [] }', 'guardrail.yaml'],
    ['version: 1\naccess: []', 'guardrail.json.yaml'],
  ])('reads `%s` as a policy', (text, name) => {
    using folder = folderOf({ [name]: text });

    expect(readPolicyOrDocument(folder.path(name), NOW)).toMatchObject({ ok: true, source: {} });
  });

  it.each([
    ['scp.json', '{ "Statement": ', 'no JSON: expected a value'],
    ['scp.json', '', 'no JSON: expected a value'],
    ['scp.txt', '{ "Statement": { version: 1 } }', 'no JSON: expected a key'],
    ['list.txt', '[]', 'expected an IAM document, got a list'],
    ['guardrail.yaml', 'access: []', 'expected 1, is missing'],
  ])('says what is wrong with %s: `%s`', (name, text, fault) => {
    using folder = folderOf({ [name]: text });

    expect(readPolicyOrDocument(folder.path(name), NOW)).toEqual({
      ok: false,
      faults: [expect.stringContaining(fault)],
    });
  });

  it('goes by the present day', () => {
    const said = 'functions: [a], controls: [LVG.1], owner: b, reason: c, expires: 2029-02-28';
    const text = `version: 1\naccess: []\nexemptions: [{ ${said} }]\n`;
    using folder = folderOf({ 'guardrail.yaml': text });

    expect(readPolicyOrDocument(folder.path('guardrail.yaml'), NOW)).toMatchObject({
      faults: [expect.stringContaining('expected a day until 2027-12-27')],
    });
  });

  it('says that there is no such file', () => {
    expect(readPolicyOrDocument('missing.json', NOW)).toEqual({
      ok: false,
      faults: ['`missing.json`: no such file'],
    });
  });
});
