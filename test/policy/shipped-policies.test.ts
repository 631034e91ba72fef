import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { accessDocumentsAllow } from '../../functions/core/controls/access-documents-allow.ts';
import { ATTACHMENT_CALLS } from '../../functions/core/controls/control.ts';
import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { compilePolicy } from '../../lib/policy/compile-policy.ts';
import { parsePolicy } from '../../lib/policy/parse-policy.ts';
import { parseDocumentText } from '../../lib/policy/read-document.ts';
import examples from '../cases/policy-examples.json' with { type: 'json' };
import { policyOf } from '../support/compiled-policy.ts';

const ROOT = new URL('../../', import.meta.url);
const FOLDER = new URL('policies/examples/', ROOT);
const DOCUMENTS = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const NAMES = examples.attachments.map(({ name }) => name);
const NOW = Date.UTC(2026, 10, 22);

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** What the documents together say of a call that would attach a function so. */
function statusOf(
  documents: readonly object[],
  attachment: (typeof examples.attachments)[number]['attachment'],
  call: (typeof ATTACHMENT_CALLS)[number],
): string | undefined {
  const access = documents.map((document, index) => {
    const parsed = parseDocumentText(`${index}.json`, JSON.stringify(document));
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'));
    return parsed.document;
  });
  const subject = {
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
    attachment,
    call,
    hasCapacityProvider: false,
  };
  const context = createControlContext(policyOf({ access }));
  return accessDocumentsAllow.judge({ subject, facts: {}, context }, {})?.status;
}

function readExample(file: string): object {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}

describe('policies/examples', () => {
  it.each(examples.documents)(
    '$files lets through $letsThrough, in both calls',
    ({ files, letsThrough }) => {
      for (const call of ATTACHMENT_CALLS) {
        const through = examples.attachments.filter(
          ({ attachment }) => statusOf(files.map(readExample), attachment, call) === 'compliant',
        );

        expect(through.map(({ name }) => name)).toEqual(letsThrough);
      }
    },
  );

  it('refuses nothing by an Allow beside a broader one', () => {
    const everything = { Statement: { Effect: 'Allow', Action: 'lambda:*', Resource: '*' } };

    for (const file of DOCUMENTS.filter((name) => name.startsWith('allow-'))) {
      for (const { attachment } of examples.attachments) {
        expect(statusOf([readExample(file), everything], attachment, 'CreateFunction')).toBe(
          'compliant',
        );
      }
    }
  });

  it('has a row in its README for each of its seven documents', () => {
    const readme = readFileSync(new URL('README.md', FOLDER), 'utf8');
    const alone = examples.documents.flatMap(({ files }) => (files.length === 1 ? files : []));

    expect(alone.toSorted()).toEqual(DOCUMENTS.toSorted());
    expect(DOCUMENTS).toHaveLength(7);
    for (const name of DOCUMENTS) expect(readme).toContain(`| [${name}](${name}) |`);
  });

  it('says in its README what each lets through', () => {
    const readme = readFileSync(new URL('README.md', FOLDER), 'utf8').split('\n');

    expect(readme).toContain(`| document | ${NAMES.join(' | ')} |`);
    expect(readme.filter((line) => line.startsWith('| `'))).toEqual(
      examples.documents.map(({ files, letsThrough }) => {
        const cells = NAMES.map((name) => (letsThrough.includes(name) ? 'allowed' : 'refused'));
        return `| ${files.map((file) => `\`${file}\``).join(', ')} | ${cells.join(' | ')} |`;
      }),
    );
  });
});

describe('guardrail.yaml', () => {
  const text = readFileSync(fileOf('guardrail.yaml'), 'utf8');

  it('asks for a VPC, in audit', () => {
    const outcome = compilePolicy(fileOf('guardrail.yaml'), { nowMs: NOW });

    expect(outcome).toMatchObject({
      ok: true,
      policy: { mode: 'audit', access: [{ name: 'policies/require-vpc.json' }] },
    });
  });

  it('says nothing that differs from the defaults', () => {
    const { access: _paths, ...shipped } = policyIn(text);
    const { access: _none, ...defaults } = policyIn('version: 1\naccess: []\n');

    expect(shipped).toEqual(defaults);
  });

  it('names every key that has a default', () => {
    const shipped: unknown = parseDocument(text).toJS();

    expect(shipped).toMatchObject({
      ...policyIn('version: 1\naccess: []\n'),
      access: expect.any(Array),
      controls: Object.fromEntries(
        CONTROLS.map(({ id, wishes, defaults: { parameters, contain, ...settings } }) => [
          id,
          { ...settings, ...parameters, ...(wishes.includes('revert') ? { contain } : {}) },
        ]),
      ),
    });
  });

  it('has examples that are good when they are put in place of the empty lists', () => {
    const filled = text
      .replaceAll(/ \[\](?=.*\n\s*# {2}- )/g, '')
      .replaceAll(/^(\s*)# {2}(?=[- ] )/gm, '$1 ')
      .replace('# ownerTag', 'ownerTag');

    expect(policyIn(filled)).toMatchObject({
      controls: { 'LVG.4': { parameters: { egress: [{ allow: 'nat' }, { allow: 'any' }] } } },
      exemptions: [{ functions: ['legacy-*'], includeNew: false }],
      trustedTags: [{ key: 'keep-awake' }],
      notify: { ownerTag: 'team' },
    });
  });
});

function policyIn(text: string) {
  const parsed = parsePolicy('guardrail.yaml', text, NOW);
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'));
  return parsed.policy;
}

describe('policies/demo/guardrail.yaml', () => {
  it('enforces one network, and wakes what runs at night', () => {
    const outcome = compilePolicy(fileOf('policies/demo/guardrail.yaml'), { nowMs: NOW });
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
