import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../lib/cli/policy/check.ts';
import { fakeTerminal, folderOf, statementOf } from './fake-terminal.ts';

const OTHER = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const DOCUMENT = {
  Statement: [
    statementOf('RequireVpc', { Null: { 'lambda:VpcIds': 'true' } }),
    OTHER,
    { ...OTHER, Effect: 'Deny' },
  ],
};
const POLICY = `version: 1
mode: enforce
access: [scp.json]
controls: { LVG.2: { enabled: false } }
exemptions:
  - { functions: [legacy-*], controls: [LVG.1], owner: payments, reason: moves, expires: 2026-11-22 }
  - { functions: [old], controls: [LVG.1, LVG.3], owner: shop, reason: moves, expires: 2026-12-01 }
  - { functions: [gone], controls: [LVG.1], owner: shop, reason: moved, expires: 2026-11-21 }
`;

describe('checkPolicy', () => {
  it('says in a few lines what a policy comes to', () => {
    using folder = folderOf({ 'guardrail.yaml': POLICY, 'scp.json': DOCUMENT });
    const { terminal, told, printed } = fakeTerminal();

    const status = checkPolicy(folder.path('guardrail.yaml'), { format: 'table' }, terminal);

    expect(status).toBe(0);
    expect(told).toEqual([]);
    const lines = printed().split('\n');
    expect(lines[0]).toBe(`policy      ${folder.path('guardrail.yaml')}`);
    expect(lines[1]).toBe('mode        enforce');
    expect(lines[2]).toMatch(/^hash {8}[0-9a-f]{64}$/);
    expect(lines[3]).toBe('documents   scp.json: 3 statements, 2 of them about other calls');
    expect(lines[4]).toMatch(/^controls {4}LVG\.1, LVG\.3, /);
    expect(lines.slice(5)).toEqual([
      'exemptions  legacy-* from LVG.1: payments, ends in 1 day, with the end of 2026-11-22',
      '            old from LVG.1, LVG.3: shop, ends in 10 days, with the end of 2026-12-01',
      '            gone from LVG.1: shop, ended with the end of 2026-11-21',
      '',
    ]);
  });

  it('prints one JSON document where that is asked for', () => {
    using folder = folderOf({ 'guardrail.yaml': POLICY, 'scp.json': DOCUMENT });
    const { terminal, printed } = fakeTerminal();

    checkPolicy(folder.path('guardrail.yaml'), { format: 'json' }, terminal);

    expect(JSON.parse(printed())).toMatchObject({
      file: folder.path('guardrail.yaml'),
      mode: 'enforce',
      documents: [{ name: 'scp.json', statements: 3, unrelated: 2 }],
      exemptions: [{ owner: 'payments', daysLeft: 1 }, { daysLeft: 10 }, { daysLeft: 0 }],
      faults: [],
    });
  });

  it('says none where there is no document and no exemption', () => {
    using folder = folderOf({ 'guardrail.yaml': 'version: 1\naccess: []\n' });
    const { terminal, printed } = fakeTerminal({ hasColors: true });

    checkPolicy(folder.path('guardrail.yaml'), { format: 'table' }, terminal);

    expect(printed()).toContain('\u001b[36mdocuments   \u001b[39mnone\n');
  });

  it.each(['table', 'json'] as const)('says all faults with their places, as %s', (format) => {
    using folder = folderOf({
      'guardrail.yaml': 'version: 2\nmode: loud\naccess: [scp.json]\n',
      'scp.json': '{',
    });
    const file = folder.path('guardrail.yaml');
    const { terminal, told, printed } = fakeTerminal();

    const status = checkPolicy(file, { format }, terminal);

    expect(status).toBe(2);
    expect(told).toEqual([
      expect.stringContaining(`\`${file}\`:1:1 \`version\``),
      expect.stringContaining(`\`${file}\`:2:1 \`mode\``),
      expect.stringContaining(`\`${folder.path('scp.json')}\`:1:2 no JSON`),
    ]);
    expect(printed()).toBe(
      format === 'table' ? '' : `${JSON.stringify({ file, faults: told }, undefined, 2)}\n`,
    );
  });
});
