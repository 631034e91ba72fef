import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessDocumentsAllow } from '../../functions/core/controls/access-documents-allow.ts';
import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import { compilePolicy } from '../../lib/policy/compile-policy.ts';
import { parseDocumentText } from '../../lib/policy/read-document.ts';
import examples from '../cases/policy-examples.json' with { type: 'json' };
import { policyOf } from '../support/compiled-policy.ts';

const ROOT = new URL('../../', import.meta.url);
const FOLDER = new URL('policies/examples/', ROOT);
const DOCUMENTS = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

describe('policies/examples', () => {
  it.each(examples)('$document: a $name attachment is $expected', (example) => {
    const text = readFileSync(new URL(example.document, FOLDER), 'utf8');
    const parsed = parseDocumentText(example.document, text);
    const context = createControlContext(policyOf({ access: parsed.ok ? [parsed.document] : [] }));

    const verdict = accessDocumentsAllow.evaluate(
      {
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
        attachment: example.attachment,
        call: 'UpdateFunctionConfiguration',
        hasCapacityProvider: false,
      },
      context,
    );

    expect(parsed.ok).toBe(true);
    expect(verdict.status).toBe(example.expected);
  });

  it('has a test and a row in its README for each of its seven documents', () => {
    const readme = readFileSync(new URL('README.md', FOLDER), 'utf8');
    const tested = [...new Set(examples.map(({ document }) => document))].sort();

    expect(tested).toEqual([...DOCUMENTS].sort());
    expect(DOCUMENTS).toHaveLength(7);
    for (const name of DOCUMENTS) expect(readme).toContain(`| [${name}](${name}) |`);
  });
});

describe('guardrail.yaml', () => {
  it('asks for a VPC, in audit', () => {
    const outcome = compilePolicy(fileOf('guardrail.yaml'));

    expect(outcome).toMatchObject({
      ok: true,
      policy: { mode: 'audit', access: [{ name: 'policies/require-vpc.json' }] },
    });
  });

  it('says nothing that differs from the defaults', () => {
    const outcome = compilePolicy(fileOf('guardrail.yaml'));
    const { hash: _hash, access: _access, ...rest } = outcome.ok ? outcome.policy : policyOf();
    const { hash: _own, access: _none, ...defaults } = policyOf();

    expect(rest).toEqual(defaults);
  });
});

describe('policies/demo/guardrail.yaml', () => {
  it('enforces one network, and wakes what runs at night', () => {
    const outcome = compilePolicy(fileOf('policies/demo/guardrail.yaml'));
    const statements = outcome.ok ? (outcome.policy.access[0]?.statements ?? []) : [];

    expect(outcome).toMatchObject({
      ok: true,
      policy: { mode: 'enforce', idle: { wake: ['nightly-*'] }, notify: { ownerTag: 'team' } },
    });
    expect(statements.map(({ id }) => id)).toEqual([
      'RequireVpc',
      'ApprovedVpc',
      'ApprovedSubnets',
      'ApprovedSecurityGroups',
    ]);
  });
});
