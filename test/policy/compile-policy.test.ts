import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { compilePolicy } from '../../lib/policy/compile-policy.ts';

const AT = { nowMs: Date.UTC(2026, 10, 22) };
const DENY = { Effect: 'Deny', Action: 'lambda:*', Resource: '*' };

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(file, isRaw ? content : JSON.stringify(content));
  return file;
}

function compiled(file: string): CompiledPolicy {
  const outcome = compilePolicy(file, AT);
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  return outcome.policy;
}

describe('compilePolicy', () => {
  it('sorts where functions fall back to', () => {
    const file = write(
      'guardrail.yaml',
      'version: 1\naccess: []\nfallbackAttachment:\n  subnetIds: [subnet-2, subnet-1]\n  securityGroupIds: [sg-2, sg-1]\n',
    );

    expect(compiled(file).fallbackAttachment).toEqual({
      subnetIds: ['subnet-1', 'subnet-2'],
      securityGroupIds: ['sg-1', 'sg-2'],
      onCreate: false,
    });
  });

  it('reads the documents that a policy names, relative to its file', () => {
    write('deny.json', { Statement: { ...DENY, Sid: 'A' } });
    const file = write(
      'guardrail.yaml',
      'version: 1\naccess: [deny.json]\ncontrols: { LVG.1: { onFound: quarantine } }\n',
    );

    expect(compiled(file)).toStrictEqual({
      version: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      mode: 'audit',
      access: [
        {
          name: 'deny.json',
          statements: [expect.objectContaining({ id: 'A', effect: 'Deny', conditions: [] })],
        },
      ],
      controls: {
        ...Object.fromEntries(CONTROLS.map(({ id, defaults }) => [id, defaults])),
        'LVG.1': {
          enabled: true,
          severity: 'high',
          onCreate: 'quarantine',
          onChange: 'revert',
          onFound: 'quarantine',
          contain: false,
          parameters: {},
        },
      },
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
    });
  });

  it('reads files that begin with a byte order mark', () => {
    write('deny.json', `\uFEFF${JSON.stringify({ Statement: DENY })}`);
    const file = write('guardrail.yaml', '\uFEFFversion: 1\naccess: [deny.json]\n');

    expect(compiled(file).access).toHaveLength(1);
  });

  it('reads a document as long as documents may be', () => {
    write('long.json', JSON.stringify({ Statement: DENY }).padEnd(262_144));
    const file = write('guardrail.yaml', 'version: 1\naccess: [long.json]\n');

    expect(compiled(file).access).toHaveLength(1);
  });

  it('gives equal policies equal hashes, however they are written', () => {
    write('deny.json', { Statement: DENY });
    const short = write('short.yaml', 'version: 1\naccess: [deny.json]\n');
    const long = write(
      'long.yaml',
      '# the same\nmode: audit\naccess:\n  - deny.json\nnotify: { minimumSeverity: medium }\nversion: 1\n',
    );

    expect(compiled(short)).toEqual(compiled(long));
  });

  it.each([
    { name: 'the policy', yaml: 'version: 1\nmode: enforce\naccess: [deny.json]\n', sid: 'A' },
    { name: 'a document', yaml: 'version: 1\naccess: [deny.json]\n', sid: 'B' },
    {
      name: 'the owner tag',
      yaml: 'version: 1\naccess: [deny.json]\nnotify: { ownerTag: team }\n',
      sid: 'A',
    },
  ])('changes the hash with $name', ({ yaml, sid }) => {
    write('deny.json', { Statement: { ...DENY, Sid: 'A' } });
    const before = compiled(write('before.yaml', 'version: 1\naccess: [deny.json]\n')).hash;
    write('deny.json', { Statement: { ...DENY, Sid: sid } });

    expect(compiled(write('after.yaml', yaml)).hash).not.toBe(before);
  });

  it('reports the faults of the policy and of all its documents in one go', () => {
    write('bad.json', '{ "Statement": ] }');
    write('worse.json', { Statement: { ...DENY, Effect: 'x' } });
    write('huge.json', ' '.repeat(262_145));
    const file = write(
      'guardrail.yaml',
      'version: 1\nmode: off\naccess: [bad.json, none.json, worse.json, ./bad.json, huge.json]\n',
    );

    expect(compilePolicy(file, AT)).toEqual({
      ok: false,
      faults: [
        `\`${file}\`:2:1 \`mode\`: expected one of audit, enforce, got \`off\``,
        `\`${join(folder, 'bad.json')}\`:1:16 no JSON: expected a value`,
        `\`${file}\`:3:20 \`access[1]\`: \`none.json\`: no such file`,
        `\`${join(folder, 'worse.json')}\`:1:24 \`Statement.Effect\`: expected \`Allow\` or \`Deny\`, got \`x\``,
        `\`${file}\`:3:43 \`access[3]\`: \`./bad.json\` is listed twice, before as \`bad.json\``,
        `\`${file}\`:3:55 \`access[4]\`: \`huge.json\`: expected at most 262144 characters, got 262145`,
      ],
    });
  });

  it('places faults of documents where the policy file is, whose names stay as it writes them', () => {
    write('deny.json', { Statement: DENY });
    mkdirSync(join(folder, 'sub'));
    write('sub/bad.json', '[]');
    const from = relative(process.cwd(), folder);
    write('bad.yaml', `version: 1\naccess: [sub/bad.json, "${join(folder, 'sub/bad.json')}"]\n`);
    const good = write('good.yaml', 'version: 1\naccess: [./deny.json]\n');

    expect(compilePolicy(join(from, 'bad.yaml'), AT)).toEqual({
      ok: false,
      faults: [
        `\`${from}/sub/bad.json\`:1:1 expected an IAM document, got a list`,
        expect.stringMatching(
          /^`.*bad\.yaml`:2:24 .* is listed twice, before as `sub\/bad\.json`$/,
        ),
      ],
    });
    expect(compiled(join(from, 'good.yaml'))).toEqual(compiled(good));
    expect(compiled(good).access[0]?.name).toBe('./deny.json');
  });

  it('names an exemption by what it says', () => {
    const said = 'controls: [LVG.1], owner: payments, expires: 2027-03-31';
    const file = write(
      'guardrail.yaml',
      [
        'version: 1',
        'access: []',
        'exemptions:',
        `  - { functions: [a, b], reason: moves, ${said} }`,
        `  - { functions: [a, b], reason: stays, ${said} }`,
      ].join('\n'),
    );
    const turned = write(
      'turned.yaml',
      [
        'version: 1',
        'access: []',
        'exemptions:',
        `  - { ${said}, includeNew: false, reason: moves, functions: [b, a] }`,
      ].join('\n'),
    );
    const { exemptions } = compiled(file);

    expect(exemptions[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      functions: ['a', 'b'],
      controls: ['LVG.1'],
      owner: 'payments',
      reason: 'moves',
      expires: '2027-03-31',
      includeNew: false,
    });
    expect(exemptions[1]?.id).not.toBe(exemptions[0]?.id);
    expect(compiled(turned).exemptions[0]?.id).toBe(exemptions[0]?.id);
  });

  it('compiles the same policy whatever day it is', () => {
    const said = 'functions: [a], controls: [LVG.1], owner: b, reason: c, expires: 2027-03-31';
    const file = write('guardrail.yaml', `version: 1\naccess: []\nexemptions: [{ ${said} }]\n`);

    expect(compilePolicy(file, { nowMs: Date.UTC(2040, 0, 1) })).toEqual(compilePolicy(file, AT));
  });

  it('reports eight different faults of a policy and its documents in one run, with their positions', () => {
    write('key.json', {
      Statement: {
        ...DENY,
        Sid: 'Office',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
    });
    write('text.json', '{ "Statement": [\n  {},\n] }');
    const file = write(
      'guardrail.yaml',
      [
        'version: 1',
        'mode: enforce',
        'mode: audit',
        'access: [key.json, text.json]',
        'controls:',
        '  LVG.1: { severity: urgent }',
        '  LVG.12: { onFound: revert }',
        'idle: { wake: "nightly-*", sleep: true }',
        'exemptions:',
        '  - functions: ["legacy-*"]',
        '    controls: [LVG.1]',
        '    owner: payments',
        '    reason: moves with ticket 42',
        '    expires: 2029-02-28',
      ].join('\n'),
    );
    const at = `\`${file}\``;

    expect(compilePolicy(file, AT)).toEqual({
      ok: false,
      faults: [
        `${at}:3:1 key \`mode\` is there twice`,
        `${at}:6:12 \`controls.LVG.1.severity\`: expected one of low, medium, high, critical, got \`urgent\``,
        `${at}:7:13 \`controls.LVG.12.onFound\`: expected notify: LVG.12 only reports, got \`revert\``,
        `${at}:8:9 \`idle.wake\`: expected a list of patterns of functions, got the text \`nightly-*\``,
        `${at}:8:28 \`idle.sleep\`: unknown key, expected one of report, wake`,
        `${at}:14:5 \`exemptions[0].expires\`: expected a day until 2027-12-27, 400 days from today, got \`2029-02-28\``,
        expect.stringMatching(
          /^`.*\/key\.json`:1:\d+ `Statement\.Condition\.IpAddress\.aws:SourceIp` \(statement `Office`\): operator `IpAddress` cannot be judged/,
        ),
        `\`${join(folder, 'text.json')}\`:3:1 no JSON: expected a value`,
      ],
    });
  });

  it('says that the policy file is not there', () => {
    const file = join(folder, 'none.yaml');

    expect(compilePolicy(file, AT)).toEqual({ ok: false, faults: [`\`${file}\`: no such file`] });
  });

  it('says why the policy file cannot be read', () => {
    const file = join(write('file', 'x'), 'guardrail.yaml');

    expect(compilePolicy(file, AT)).toEqual({
      ok: false,
      faults: [expect.stringMatching(/^`.*`: cannot be read: ENOTDIR/)],
    });
  });

  it.each([
    { path: '', fault: '``: expected the path of a file, got an empty one' },
    { path: 'a\0b', fault: '`a b`: expected a path without NUL bytes' },
  ])('refuses the path %j', ({ path, fault }) => {
    expect(compilePolicy(path, AT)).toEqual({ ok: false, faults: [fault] });
  });

  it('refuses a directory as policy and as document', () => {
    mkdirSync(join(folder, 'sub'));
    const file = write('guardrail.yaml', 'version: 1\naccess: [sub, "a\\0b"]\n');

    expect(compilePolicy(folder, AT)).toEqual({
      ok: false,
      faults: [`\`${folder}\`: expected a file, got a directory`],
    });
    expect(compilePolicy(file, AT)).toEqual({
      ok: false,
      faults: [
        `\`${file}\`:2:10 \`access[0]\`: \`sub\`: expected a file, got a directory`,
        `\`${file}\`:2:15 \`access[1]\`: \`a b\`: expected a path without NUL bytes`,
      ],
    });
  });

  it.each([
    { name: 'binary', bytes: [0x7f, 0x45, 0, 0xff], fault: 'expected a text file' },
    { name: 'not UTF-8', bytes: [0x61, 0xe4, 0x62], fault: 'expected UTF-8 text' },
  ])('refuses a file that is $name as policy and as document', ({ bytes, fault }) => {
    const odd = write('odd', Buffer.from(bytes));
    const file = write('guardrail.yaml', 'version: 1\naccess: [odd]\n');

    expect(compilePolicy(odd, AT)).toEqual({ ok: false, faults: [`\`${odd}\`: ${fault}`] });
    expect(compilePolicy(file, AT)).toEqual({
      ok: false,
      faults: [`\`${file}\`:2:10 \`access[0]\`: \`odd\`: ${fault}`],
    });
  });
});
