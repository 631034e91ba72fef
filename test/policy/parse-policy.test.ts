import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../lib/policy/parse-policy.ts';
import faultCases from '../cases/policy-faults.json' with { type: 'json' };

describe('parsePolicy', () => {
  it.each(faultCases)('reports $name with its place', ({ text, faults }) => {
    const parsed = parsePolicy('guardrail.yaml', text);

    expect(parsed.ok ? [] : parsed.faults).toEqual(faults);
  });

  it('fills in what a policy leaves out', () => {
    expect(parsePolicy('guardrail.yaml', 'version: 1\naccess: []\n')).toEqual({
      ok: true,
      documents: [],
      policy: {
        version: 1,
        mode: 'audit',
        access: [],
        controls: {},
        autoRelease: true,
        idle: { report: true, wake: [] },
        limits: {
          accountRemediations: { max: 25, perMinutes: 15 },
          functionReverts: { max: 3, perMinutes: 60 },
        },
        notify: { minimumSeverity: 'medium' },
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
      'idle: { report: false, wake: ["nightly-?", "*"] }',
      'limits: { functionReverts: { max: 5 } }',
      'notify: { minimumSeverity: low, ownerTag: team }',
    ].join('\n');

    expect(parsePolicy('guardrail.yaml', text)).toMatchObject({
      ok: true,
      documents: [{ path: 'a.json', place: '`guardrail.yaml`:3:10 `access[0]`: `a.json`' }],
      policy: {
        mode: 'enforce',
        controls: { 'LVG.1': { severity: 'critical' } },
        autoRelease: false,
        idle: { report: false, wake: ['nightly-?', '*'] },
        limits: { functionReverts: { max: 5, perMinutes: 60 } },
        notify: { minimumSeverity: 'low', ownerTag: 'team' },
      },
    });
  });

  it('stops where aliases grow a file without bound', () => {
    const layers = ['a', 'b', 'c', 'd', 'e', 'f'].map(
      (name, index, all) =>
        `${name}: &${name} [${Array(9).fill(index === 0 ? 'x' : `*${all[index - 1]}`)}]`,
    );

    expect(parsePolicy('guardrail.yaml', layers.join('\n'))).toEqual({
      ok: false,
      documents: [],
      faults: ['`guardrail.yaml`: its aliases make it too large: write them out'],
    });
  });

  it.each([
    { name: 'brackets', text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    { name: 'open brackets', text: '['.repeat(100_000) },
    { name: 'dashes', text: `${'- '.repeat(100_000)}x` },
  ])('says in one line that $name are nested too deeply', ({ text }) => {
    expect(parsePolicy('guardrail.yaml', text)).toEqual({
      ok: false,
      documents: [],
      faults: ['`guardrail.yaml`: nested too deeply'],
    });
  });

  it('never throws, and every fault is one line that begins with the file', () => {
    const keys = fc.constantFrom('version', 'access', 'controls', 'idle', 'limits', 'notify', 'x');
    const yaml = fc.dictionary(keys, fc.jsonValue()).map((value) => JSON.stringify(value));

    fc.assert(
      fc.property(fc.oneof(fc.string(), yaml), (text) => {
        const parsed = parsePolicy('guardrail.yaml', text);
        for (const fault of parsed.ok ? [] : parsed.faults) {
          expect(fault).toMatch(/^`guardrail\.yaml`.*$/);
        }
      }),
    );
  });
});
