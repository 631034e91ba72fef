import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { parsePolicy } from '../../lib/policy/parse-policy.ts';
import faultCases from '../cases/policy-faults.json' with { type: 'json' };

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const KEYS = [
  ...['version', 'access', 'controls', 'idle', 'exemptions', 'trustedTags', 'limits', 'notify'],
  ...['wake', 'functions', 'expires', 'key', 'x'],
];

describe('parsePolicy', () => {
  it.each(faultCases)('reports $name with its place', ({ text, faults }) => {
    const parsed = parsePolicy('guardrail.yaml', text, NOW);

    expect(parsed.ok ? [] : parsed.faults).toEqual(faults);
  });

  it('fills in what a policy leaves out', () => {
    expect(parsePolicy('guardrail.yaml', 'version: 1\naccess: []\n', NOW)).toEqual({
      ok: true,
      documents: [],
      policy: {
        version: 1,
        mode: 'audit',
        access: [],
        controls: Object.fromEntries(CONTROLS.map(({ id, defaults }) => [id, defaults])),
        autoRelease: true,
        idle: { report: true, wake: [] },
        sweep: { everyHours: 6, share: 0.3, versions: true },
        exemptions: [],
        trustedTags: [],
        limits: {
          accountRemediations: { max: 25, perMinutes: 15 },
          functionReverts: { max: 3, perMinutes: 60 },
        },
        notify: { minimumSeverity: 'medium', exemptionExpiryDays: 7 },
      },
    });
  });

  it('keeps what a policy says', () => {
    const text = [
      'version: 1',
      'mode: enforce',
      'access: [a.json]',
      'controls: { LVG.1: { severity: critical } }',
      'autoRelease: false',
      'idle: { report: false, wake: ["nightly-?", "*", "tag:keep-awake=true"] }',
      'sweep: { everyHours: 168, share: 0.05, versions: false }',
      'exemptions:',
      '  - functions: ["legacy-*", "tag:keep-awake=a=b c"]',
      '    controls: [LVG.1]',
      '    owner: payments',
      '    reason: >-',
      '      moves to the new network',
      '      with ticket 42',
      '    expires: 2027-12-27',
      'trustedTags: [{ key: keep-awake, writers: ["arn:aws*:iam::*:role/platform-*"] }]',
      'limits: { functionReverts: { max: 5 } }',
      'notify: { minimumSeverity: low, exemptionExpiryDays: 0, ownerTag: team }',
    ].join('\n');

    expect(parsePolicy('guardrail.yaml', text, NOW)).toMatchObject({
      ok: true,
      documents: [{ path: 'a.json', place: '`guardrail.yaml`:3:10 `access[0]`: `a.json`' }],
      policy: {
        mode: 'enforce',
        controls: { 'LVG.1': { severity: 'critical' } },
        autoRelease: false,
        idle: { report: false, wake: ['nightly-?', '*', 'tag:keep-awake=true'] },
        sweep: { everyHours: 168, share: 0.05, versions: false },
        exemptions: [
          {
            functions: ['legacy-*', 'tag:keep-awake=a=b c'],
            controls: ['LVG.1'],
            owner: 'payments',
            reason: 'moves to the new network with ticket 42',
            expires: '2027-12-27',
            includeNew: false,
          },
        ],
        trustedTags: [{ key: 'keep-awake', writers: ['arn:aws*:iam::*:role/platform-*'] }],
        limits: { functionReverts: { max: 5, perMinutes: 60 } },
        notify: { minimumSeverity: 'low', exemptionExpiryDays: 0, ownerTag: 'team' },
      },
    });
  });

  it('takes the parameters of a control apart from its settings', () => {
    const text =
      'version: 1\naccess: []\ncontrols: { LVG.10: { minimumFreeAddresses: 8, severity: low } }\n';
    const parsed = parsePolicy('guardrail.yaml', text, NOW);

    expect(parsed.ok && parsed.policy.controls['LVG.10']).toEqual({
      enabled: true,
      severity: 'low',
      onCreate: 'notify',
      onChange: 'notify',
      onFound: 'notify',
      contain: false,
      parameters: { minimumFreeAddresses: 8 },
    });
  });

  it.each([
    { name: 'high', settings: '{ severity: high }', contain: false },
    { name: 'critical', settings: '{ severity: critical }', contain: true },
    {
      name: 'critical, said otherwise',
      settings: '{ severity: critical, contain: false }',
      contain: false,
    },
    { name: 'low, said otherwise', settings: '{ severity: low, contain: true }', contain: true },
  ])('contains by default where the severity is critical: $name', ({ settings, contain }) => {
    const text = `version: 1\naccess: []\ncontrols: { LVG.1: ${settings} }\n`;
    const parsed = parsePolicy('guardrail.yaml', text, NOW);

    expect(parsed.ok && parsed.policy.controls['LVG.1']?.contain).toBe(contain);
  });

  it('never contains where no revert is waited for', () => {
    const text = 'version: 1\naccess: []\ncontrols: { LVG.12: { severity: critical } }\n';
    const parsed = parsePolicy('guardrail.yaml', text, NOW);

    expect(parsed.ok && parsed.policy.controls['LVG.12']?.contain).toBe(false);
  });

  it.each([
    { expires: '2027-12-27', nowMs: NOW, faults: 0 },
    { expires: '2027-12-28', nowMs: NOW, faults: 1 },
    { expires: '2027-12-28', nowMs: Date.UTC(2026, 10, 22, 23, 59, 59, 999), faults: 1 },
    { expires: '2027-12-28', nowMs: Date.UTC(2026, 10, 23), faults: 0 },
    { expires: '2026-11-21', nowMs: NOW, faults: 0 },
    { expires: '1999-01-01', nowMs: NOW, faults: 0 },
    { expires: '2028-02-29', nowMs: Date.UTC(2028, 0, 1), faults: 0 },
  ])('finds $faults faults in an exemption that ends on $expires', ({ expires, nowMs, faults }) => {
    const said = 'functions: [a], controls: [LVG.1], owner: b, reason: c';
    const text = `version: 1\naccess: []\nexemptions: [{ ${said}, expires: ${expires} }]\n`;
    const parsed = parsePolicy('guardrail.yaml', text, nowMs);

    expect(parsed.ok ? [] : parsed.faults).toHaveLength(faults);
  });

  it('places aliases whose anchors are not there before them', () => {
    const text =
      'version: 1\nmode: &mode audit\naccess: *nope\nidle: { wake: [*mode, *on], report: &on true }\n';

    expect(parsePolicy('guardrail.yaml', text, NOW)).toMatchObject({
      faults: [
        '`guardrail.yaml`:3:9 expected the anchor `&nope` before its alias, found none',
        '`guardrail.yaml`:4:23 expected the anchor `&on` before its alias, found none',
      ],
    });
  });

  it.each([
    { access: '[7, "", a.json]', paths: ['a.json'] },
    { access: 'a.json', paths: [] },
  ])('names the documents of $access: $paths', ({ access, paths }) => {
    const { documents } = parsePolicy('guardrail.yaml', `access: ${access}\n`, NOW);

    expect(documents.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    { uses: 19, isTooLarge: false },
    { uses: 20, isTooLarge: true },
  ])('takes $uses aliases for too many: $isTooLarge', ({ uses, isTooLarge }) => {
    const text = `mode: &mode audit\naccess: [${Array(uses).fill('*mode').join(', ')}]\n`;
    const parsed = parsePolicy('guardrail.yaml', text, NOW);
    const faults = parsed.ok ? [] : parsed.faults;

    expect(faults.some((fault) => fault.includes('too large'))).toBe(isTooLarge);
  });

  it('stops where aliases grow a file without bound', () => {
    const layers = ['a', 'b', 'c', 'd', 'e', 'f'].map(
      (name, index, all) =>
        `${name}: &${name} [${Array(9).fill(index === 0 ? 'x' : `*${all[index - 1]}`)}]`,
    );

    expect(parsePolicy('guardrail.yaml', layers.join('\n'), NOW)).toEqual({
      ok: false,
      documents: [],
      faults: ['`guardrail.yaml`: its aliases make it too large: write them out'],
    });
  });

  it('says what else keeps a file from being read', () => {
    const text = '%YAML 1.1\n---\nversion: 1\naccess: []\n<<: 7\n';

    expect(parsePolicy('guardrail.yaml', text, NOW)).toEqual({
      ok: false,
      documents: [],
      faults: ['`guardrail.yaml`: merge sources must be maps or map aliases'],
    });
  });

  it.each([
    { name: 'brackets', text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    { name: 'open brackets', text: '['.repeat(100_000) },
    { name: 'dashes', text: `${'- '.repeat(100_000)}x` },
  ])('says in one line that $name are nested too deeply', ({ text }) => {
    expect(parsePolicy('guardrail.yaml', text, NOW)).toEqual({
      ok: false,
      documents: [],
      faults: ['`guardrail.yaml`: nested too deeply'],
    });
  });

  it('never throws, and every fault is one line that begins with the file', () => {
    const keys = fc.constantFrom(...KEYS);
    const parts = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(keys, fc.jsonValue())));
    const yaml = fc.dictionary(keys, parts).map((value) => JSON.stringify(value));

    fc.assert(
      fc.property(fc.oneof(fc.string(), yaml), (text) => {
        const parsed = parsePolicy('guardrail.yaml', text, NOW);
        for (const fault of parsed.ok ? [] : parsed.faults) {
          expect(fault).toMatch(/^`guardrail\.yaml`.*$/);
        }
      }),
    );
  });
});
