import { describe, expect, it } from 'vitest';
import type { GroupRule } from '../../../lib/cli/explain/group-rules.ts';
import type { Live, LiveFunction } from '../../../lib/cli/explain/live.ts';
import { renderExplained } from '../../../lib/cli/explain/render-explained.ts';
import type { Explained } from '../../../lib/cli/explain/run-explain.ts';
import { ARN, ATTACHMENTS, NOW_MS, settledRecord, violationOf } from '../../support/builders.ts';
import { entryOf } from '../../support/history-contract.ts';

const ROLE = 'arn:aws:iam::123456789012:role/orders';

function functionOf(given: Partial<LiveFunction> = {}): LiveFunction {
  return {
    unseen: [],
    state: 'Active',
    role: ROLE,
    attachment: ATTACHMENTS.detached,
    verdicts: [],
    off: [],
    exemptions: [],
    ...given,
  };
}

function liveOf(given: Partial<LiveFunction> = {}, more: Partial<Live> = {}): Live {
  return {
    observedAt: new Date(NOW_MS).toISOString(),
    policy: { file: 'guardrail.yaml', hash: 'aa', mode: 'audit' },
    isGone: false,
    function: functionOf(given),
    notSeen: [],
    ...more,
  };
}

function rendered(live: Live, more: Partial<Explained> = {}, hasColors = false): string {
  const story = { functionArn: ARN, history: [] };
  const explained = { story, live, isDeployed: true, isRecordSeen: true, ...more };
  return renderExplained(explained, { hasColors, nowMs: NOW_MS });
}

/** The lines of one part, without its head. */
function part(head: string, text: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(head)) + 1;
  expect(from, `no part ${head} in\n${text}`).toBeGreaterThan(0);
  const length = lines.slice(from).indexOf('');
  return lines.slice(from, length === -1 ? undefined : from + length);
}

describe('what a function is', () => {
  it.each<[Partial<LiveFunction>, string]>([
    [{ lastUpdateStatus: 'Successful' }, 'state       Active, last update Successful'],
    [{ state: 'Inactive', stateReasonCode: 'Idle' }, 'state       Inactive (Idle)'],
    [
      { lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'SubnetOutOfIPAddresses' },
      'state       Active, last update Failed (SubnetOutOfIPAddresses)',
    ],
    [{}, `role        ${ROLE}`],
    [{}, 'owner       no tag that the policy names says who'],
    [{ owner: 'pay' }, 'owner       pay'],
    [{}, 'reserved    no concurrency'],
    [{ reservedConcurrency: 0 }, 'reserved    concurrency 0: it does not run'],
    [{ reservedConcurrency: 5 }, 'reserved    concurrency 5'],
    [{ unseen: ['state'] }, 'state       not seen'],
    [{ unseen: ['owner', 'reservedConcurrency'] }, 'owner       not seen'],
    [{ unseen: ['owner', 'reservedConcurrency'] }, 'reserved    not seen'],
    [{ isOwn: true }, 'guardrail   it is one of its own functions'],
    [{}, 'attachment  no VPC'],
    [{}, 'baseline    none is known: a revert has nowhere to go'],
    [{ unseen: ['baseline'] }, 'baseline    not seen'],
  ])('is told of %j', (given, line) => {
    expect(rendered(liveOf(given)).split('\n')).toContain(line);
  });

  it('is told with who attached it, and with what drifted from the baseline', () => {
    const text = rendered(
      liveOf({
        attachment: ATTACHMENTS.forbidden,
        attachedBy: { principalArn: ROLE, call: 'CreateFunction' },
        baseline: ATTACHMENTS.approved,
        drift: { added: ['subnet-9', 'sg-9'], removed: ['subnet-1', 'subnet-2', 'sg-1'] },
      }),
    );

    expect(text).toContain(
      [
        'attachment  vpc-9 (subnet subnet-9; security group sg-9)',
        `            by ${ROLE}, with CreateFunction`,
        'baseline    vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
        'drift       added: subnet-9, sg-9',
        '            removed: subnet-1, subnet-2, sg-1',
        '',
      ].join('\n'),
    );
    const { approved } = ATTACHMENTS;
    expect(rendered(liveOf({ attachment: approved, baseline: approved }))).toContain(
      'baseline    where it is\n',
    );
  });

  it('steers no terminal and shows no secret, whoever wrote it', () => {
    const text = rendered(liveOf({ owner: 'pay\u001b[2J\u2028AKIAIOSFODNN7EXAMPLE' }));

    expect(text).toContain('owner       pay [2J AKIA…\n');
  });
});

describe('the security groups of a function', () => {
  const network = { subnets: [], routeTables: [], endpoints: [] };
  const rule: GroupRule = { protocol: 'tcp', from: 443, to: 443, peers: [] };
  const from = (...ids: readonly string[]) => ids.map((id) => ({ kind: 'ipv4', id }) as const);

  it('are told with all that they let in and out', () => {
    const securityGroups = [
      {
        groupId: 'sg-1',
        groupName: 'orders',
        inbound: [],
        outbound: [
          { ...rule, peers: from('10.0.0.0/8', 'sg-2') },
          { protocol: 'all', peers: from('0.0.0.0/0') },
        ],
      },
      { groupId: 'sg-9', inbound: [{ ...rule, peers: from('::/0') }], outbound: [] },
    ];
    const text = rendered(liveOf({ network: { ...network, securityGroups } }));

    expect(part('network', text)).toEqual([
      'sg-1        orders',
      '            in   nothing',
      '            out  tcp 443 to 10.0.0.0/8, sg-2',
      '            out  all traffic to 0.0.0.0/0',
      'sg-9        in   tcp 443 from ::/0',
      '            out  nothing',
    ]);
  });

  it('are told in part where there is no end of them', () => {
    const outbound = Array.from({ length: 60 }, () => ({ ...rule, peers: from('10.0.0.0/8') }));
    const many = from(...Array.from({ length: 60 }, (_, at) => `10.0.${at}.0/24`));
    const securityGroups = [{ groupId: 'sg-1', inbound: [{ ...rule, peers: many }], outbound }];
    const lines = part('network', rendered(liveOf({ network: { ...network, securityGroups } })));

    expect(lines[0]).toMatch(/10\.0\.49\.0\/24 and 10 more$/);
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('            out  and 10 more: --format json has them all');
  });

  it('are not seen where they are not, each reason once', () => {
    const unseen = 'could not read the security groups: UnauthorizedOperation';
    const securityGroups = ['sg-1', 'sg-2'].map((groupId) => ({ groupId, unseen }));
    const text = rendered(liveOf({ network: { ...network, securityGroups } }));

    expect(part('network', text)).toEqual([
      `sg-1        not seen: ${unseen}`,
      'sg-2        not seen, for the same reason',
    ]);
  });
});

describe('who shares its interfaces', () => {
  const HEAD = 'shares its network interfaces with';
  const attached = { attachment: ATTACHMENTS.approved };

  it('is told subnet by subnet, with the room that is left', () => {
    const names = Array.from({ length: 10 }, (_, at) => `job-${at}`);
    const sharing = {
      subnets: [
        { subnetId: 'subnet-1', functions: 0, names: [] },
        { subnetId: 'subnet-2', functions: 1, names: ['pay-api'] },
        { subnetId: 'subnet-3', functions: 12, names },
      ],
      interfacesInVpc: 1,
      quota: 500,
    };

    expect(part(HEAD, rendered(liveOf({ ...attached, sharing })))).toEqual([
      'subnet-1    no other function',
      'subnet-2    1 other: pay-api',
      `subnet-3    12 others: ${names.join(', ')} and 2 more`,
      'vpc-1       1 network interface of 500 that it may have',
    ]);
  });

  it('is not known where nobody listed the others, and is no question in no VPC', () => {
    expect(part(HEAD, rendered(liveOf(attached)))).toEqual([
      '            not known: the other functions were not listed',
    ]);
    expect(rendered(liveOf())).not.toContain(HEAD);
  });
});

describe('the controls', () => {
  const said = { title: 'The title', severity: 'high' } as const;
  const exemption = { owner: 'payments', reason: 'r', expires: '2027-03-31' };
  const verdicts = [
    { ...said, controlId: 'LVG.1', verdict: 'compliant' },
    { ...said, controlId: 'LVG.2', verdict: 'not-applicable', reason: 'it is in no VPC' },
    { ...said, controlId: 'LVG.3', verdict: 'unknown', reason: 'it is not visible', exemption },
    { ...said, controlId: 'LVG.4', verdict: 'violation', reason: 'it leads out', fix: 'Close it' },
    { ...said, controlId: 'LVG.10', verdict: 'violation', reason: 'it is full', exemption },
  ] as const;

  it('are told with their reasons, and with what is to be done', () => {
    const lines = part('controls', rendered(liveOf({ verdicts, off: ['LVG.8', 'LVG.9'] })));

    expect(lines).toEqual([
      'LVG.1       compliant: The title',
      'LVG.2       not applicable: it is in no VPC',
      'LVG.3       unknown: The title',
      '            because it is not visible',
      '            exempt until 2027-03-31: payments answers for it',
      'LVG.4       violation (high) of: The title',
      '            because it leads out',
      '            to fix: Close it',
      'LVG.10      violation (high) of: The title',
      '            because it is full',
      '            exempt until 2027-03-31: payments answers for it',
      'off         LVG.8, LVG.9',
    ]);
  });

  it('are colored by what they say, where there are colors', () => {
    const text = rendered(liveOf({ verdicts }), {}, true);

    const codes = verdicts.map(({ controlId }) => {
      const [, code] = new RegExp(`\\u001b\\[(\\d+)m${controlId} `).exec(text) ?? [];
      return code;
    });
    expect(codes).toEqual(['32', '2', '33', '31', '33']);
    expect(rendered(liveOf({ verdicts }))).not.toContain('\u001b');
  });

  it.each([
    [{}, 'controls, judged by guardrail.yaml (mode audit)'],
    [{ deployedHash: 'aa' }, 'controls, judged by guardrail.yaml (mode audit)'],
    [
      { deployedHash: 'bb' },
      'controls, judged by guardrail.yaml (mode audit); the guardrail that is deployed has another policy',
    ],
  ])('say by which policy: %j', (given, head) => {
    const { policy } = liveOf();

    expect(rendered(liveOf({}, { policy: { ...policy, ...given } })).split('\n')).toContain(head);
  });
});

describe('what the guardrail would do', () => {
  const HEAD = 'what the guardrail would do now';
  const withheld = { kind: 'withheld', reason: 'the mode is audit', wanted: 'revert' } as const;
  const revert = {
    kind: 'revert',
    reason: 'its last good attachment is known',
    target: ATTACHMENTS.approved,
  } as const;
  const none = { kind: 'none', reason: 'it is compliant' } as const;

  it.each<[string, LiveFunction['remediation'], readonly string[]]>([
    [
      'in audit and in enforce',
      { mode: 'audit', inMode: withheld, inEnforce: revert },
      [
        'mode audit  revert withheld',
        '            because the mode is audit',
        'in enforce  revert to vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
        '            because its last good attachment is known',
      ],
    ],
    [
      'whatever the mode',
      { mode: 'audit', inMode: none, inEnforce: none },
      ['in any mode  nothing', '             because it is compliant'],
    ],
    [
      'but for an operator and the breaker',
      {
        mode: 'enforce',
        inMode: { kind: 'quarantine', reason: 'the policy asks for it' },
        inEnforce: { kind: 'quarantine', reason: 'the policy asks for it' },
        runTime: { isKilled: true, isTripped: true },
      },
      [
        'mode enforce  quarantine',
        '              because the policy asks for it',
        'run time      an operator set the mode to audit: nothing is done to any function',
        '              the breaker is tripped: what no plan approves is withheld',
      ],
    ],
    ['where that is not known', undefined, ['            not known: its state could not be read']],
  ])('is told %s', (_, remediation, expected) => {
    expect(part(HEAD, rendered(liveOf(remediation === undefined ? {} : { remediation })))).toEqual(
      expected,
    );
  });

  it('is not known without its record, and is nothing to its own functions', () => {
    expect(part(HEAD, rendered(liveOf({ unseen: ['baseline'] })))).toEqual([
      '            not known: its record could not be read',
    ]);
    expect(part(HEAD, rendered(liveOf({ isOwn: true })))).toEqual([
      '            nothing, ever: it is one of its own functions',
    ]);
  });

  it('is what one would do that is not there, or has another policy', () => {
    const policy = { ...liveOf().policy, deployedHash: 'bb' };

    expect(rendered(liveOf(), { isDeployed: false })).toContain(
      '\nwhat a guardrail with this policy would do\n',
    );
    expect(rendered(liveOf({}, { policy }))).toContain(`\n${HEAD} if it had this policy\n`);
  });
});

describe('the exemptions', () => {
  it('are told with who answers until when, and why those do not count that do not', () => {
    const given = { controls: ['LVG.1', 'LVG.3'], owner: 'payments', reason: 'moves in spring' };
    const exemptions = [
      { ...given, expires: '2027-03-31', isInForce: true },
      { ...given, expires: '2026-01-31', isInForce: false, because: 'it is over' },
    ];

    expect(part('exemptions', rendered(liveOf({ exemptions })))).toEqual([
      'LVG.1, LVG.3  until 2027-03-31: payments answers for it',
      '              moves in spring',
      '              it is in force',
      'LVG.1, LVG.3  until 2026-01-31: payments answers for it',
      '              moves in spring',
      '              it does not count: it is over',
    ]);
  });
});

describe('what is recorded, and what is not seen', () => {
  it('is told beside what is so now, each once', () => {
    const record = settledRecord({ violation: violationOf() });
    const story = { functionArn: ARN, record, history: [entryOf({ event: 'deleted' })] };
    const text = rendered(liveOf(), { story });

    expect(part('recorded', text).map((line) => line.slice(0, 12).trimEnd())).toEqual([
      'violation',
      '',
    ]);
    expect(text).toMatch(/\nhistory\n2026-.* deleted\n/);
  });

  it('is told with what is said less for it', () => {
    const notSeen = [{ what: 'iam:Simulate', because: 'AccessDenied: no', so: 'LVG.7 is unknown' }];

    expect(part('not seen', rendered(liveOf({}, { notSeen })))).toEqual([
      'iam:Simulate  LVG.7 is unknown',
      '              AccessDenied: no',
    ]);
  });

  it.each<[Partial<Explained>, string]>([
    [{}, 'history: none, for the guardrail has not looked at it'],
    [{ isDeployed: false }, 'history: none, for no guardrail is deployed here'],
    [{ isRecordSeen: false }, 'history: not seen'],
    [
      { story: { functionArn: ARN, record: settledRecord(), history: [] } },
      'history: none is kept any more',
    ],
  ])('says why there is no history: %j', (more, line) => {
    expect(rendered(liveOf(), more).trimEnd().split('\n').at(-1)).toBe(line);
  });
});

describe('a function of which nothing is known now', () => {
  const { function: _, ...nothing } = liveOf();
  const story = { functionArn: ARN, record: settledRecord(), history: [] };

  it('is gone, and what is recorded is told in full', () => {
    const text = rendered({ ...nothing, isGone: true }, { story });

    expect(text).toContain(`${ARN}\nit is gone: there is no such function any more\n`);
    expect(part('recorded', text)).toContain('baseline    where it is');
    expect(text).not.toContain('controls');
  });

  it('could not be read, and nothing is guessed', () => {
    const text = rendered({ ...nothing, unread: 'could not read it: Throttled' }, { story });

    expect(text).toContain(`${ARN}\nit could not be read: could not read it: Throttled\n`);
    expect(text).not.toMatch(/controls|gone/);
  });
});
