import fc from 'fast-check';
import type { Finding } from '../../functions/core/finding.ts';
import type { Look } from '../../functions/core/look.ts';
import type { FunctionRecord, Intent, OpenViolation } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import {
  ARN,
  ATTACHMENTS,
  changeOf,
  controlOf,
  enforcingPolicy,
  findingOf,
  lookOf,
  NOW_MS,
  noticeOf,
  originOf,
  quarantineIntent,
  recordOf,
  revertIntent,
  snapshotOf,
  violationOf,
  wakeIntent,
} from './builders.ts';

const attachments = fc.constantFrom(...Object.values(ATTACHMENTS));
const names = fc.constantFrom('approved', 'alsoApproved', 'forbidden', 'detached');
const pastMs = fc.integer({ min: 0, max: 2 * 3_600_000 }).map((ageMs) => NOW_MS - ageMs);
const concurrency = fc.option(fc.constantFrom(0, 1, 5), { nil: undefined });
const statuses = fc.constantFrom('compliant', 'violation', 'not-applicable', 'unknown');
const wishes = fc.constantFrom('notify', 'revert', 'quarantine');

const ONLY_TOLD = { onCreate: 'notify', onChange: 'notify', onFound: 'notify' } as const;

const exemption = fc.constantFrom(
  {},
  {},
  { exemption: { owner: 'payments', reason: 'a migration', expires: '2027-03-31' } },
);

const findings: fc.Arbitrary<readonly Finding[]> = fc
  .tuple(statuses, fc.option(statuses), exemption)
  .map(([first, second, covered]) => [
    findingOf(first, covered),
    ...(second === null ? [] : [findingOf(second, { controlId: 'LVG.3', severity: 'critical' })]),
  ]);

const origins = names.map((name) => originOf(name));

const controls = fc.record({
  onCreate: wishes,
  onChange: wishes,
  onFound: wishes,
  contain: fc.boolean(),
});

function snapshots(): fc.Arbitrary<FunctionSnapshot> {
  return fc
    .record({
      attachment: attachments,
      state: fc.oneof(fc.constantFrom('Active', 'Inactive', 'Pending', 'Failed'), fc.string()),
      stateReasonCode: fc.oneof(fc.constant('Idle'), fc.string()),
      lastUpdateStatus: fc.oneof(
        fc.constantFrom('Successful', 'InProgress', 'Failed'),
        fc.string(),
      ),
      lastUpdateStatusReasonCode: fc.string(),
      reservedConcurrency: concurrency,
      functionArn: fc.constantFrom(ARN, `${ARN}-${'x'.repeat(60)}`, `${ARN}\n\u{1F512}`),
      tags: fc.dictionary(fc.constantFrom('team', '__proto__'), fc.string()),
    })
    .map(({ reservedConcurrency, ...rest }) =>
      snapshotOf({
        ...rest,
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      }),
    );
}

function intents(): fc.Arbitrary<Intent | undefined> {
  const status = fc.constantFrom('open', 'sent');
  const common = fc.record({ status, startedAtMs: pastMs });
  return fc.oneof(
    fc.constant(undefined),
    fc
      .tuple(common, origins, fc.constantFrom('revert', 'fallback'))
      .map(([given, target, kind]) => revertIntent({ ...given, target, kind })),
    common.map((given) => quarantineIntent(given)),
    fc
      .tuple(common, fc.constantFrom(1, 5))
      .map(([given, reservedConcurrency]) =>
        quarantineIntent({ ...given, kind: 'release', reservedConcurrency }),
      ),
    common.map((given) => wakeIntent(given)),
  );
}

function violations(): fc.Arbitrary<OpenViolation | undefined> {
  const refused = fc.constantFrom('subnet-1,subnet-2|sg-1|false', 'quarantine', 'release');
  return fc.option(
    fc
      .record({
        key: fc.constantFrom('subnet-9|sg-9|false|LVG.1', '||false|LVG.1', 'another'),
        cause: fc.constantFrom('create', 'change', 'found'),
        conflicts: fc.nat({ max: 4 }),
        refused: fc.array(fc.record({ target: refused, error: fc.string() }), { maxLength: 2 }),
        quarantines: fc.nat({ max: 2 }),
        isTold: fc.boolean(),
        sinceMs: pastMs,
        revertWantedMs: pastMs,
      })
      .map((given) => violationOf(given)),
    { nil: undefined },
  );
}

function records(): fc.Arbitrary<FunctionRecord> {
  return fc
    .record({
      current: fc.option(origins, { nil: undefined }),
      candidate: fc.option(origins, { nil: undefined }),
      baseline: fc.option(origins, { nil: undefined }),
      violation: violations(),
      intent: intents(),
      quarantined: fc.option(fc.constantFrom(undefined, 1, 5)),
      held: fc.option(attachments),
      untilMs: fc.constantFrom(NOW_MS - 1, NOW_MS + 1),
      revertsMs: fc.array(pastMs, { maxLength: 4 }),
      outbox: fc.constantFrom([], [noticeOf('notice-1')], [noticeOf('notice-2')]),
    })
    .map(({ current, quarantined, held, untilMs, revertsMs, outbox, ...known }) =>
      recordOf({
        ...defined(known),
        revertsMs,
        outbox,
        ...(current === undefined ? {} : { current: { ...current, role: snapshotOf().role } }),
        ...(quarantined === null
          ? {}
          : {
              quarantine: {
                remediationId: 'remediation-0',
                sinceMs: 0,
                ...(quarantined === undefined ? {} : { previous: quarantined }),
              },
            }),
        ...(held === null ? {} : { hold: { untilMs, attachment: held, reason: 'a deadline' } }),
      }),
    );
}

/** Any look that could be taken, likely or not. */
export function arbitraryLook(): fc.Arbitrary<Look> {
  return fc
    .record({
      snapshot: snapshots(),
      findings,
      record: records(),
      cause: fc.constantFrom('create', 'change', 'found'),
      control: controls,
      autoRelease: fc.boolean(),
      mode: fc.constantFrom('enforce', 'enforce', 'audit'),
      hops: fc.nat({ max: 12 }),
      isWakeRequested: fc.boolean(),
      isExplained: fc.boolean(),
      target: findings,
      fallback: fc.option(findings),
      missing: fc.constantFrom([], [], ['subnet-2']),
      doubt: fc.constantFrom({}, {}, { doubt: 'nobody may read it' }),
      other: fc.option(controls),
    })
    .map(
      ({
        control,
        other,
        autoRelease,
        isExplained,
        target,
        fallback,
        missing,
        doubt,
        ...given
      }) => {
        const { baseline } = given.record;
        const { target: _, ...look } = lookOf({
          ...given,
          policy: enforcingPolicy({
            controls: { 'LVG.1': controlOf(control), 'LVG.3': controlOf(other ?? ONLY_TOLD) },
            autoRelease,
            idle: { report: true, wake: ['orders-*'] },
          }),
          ...(isExplained ? { origin: changeOf() } : {}),
        });
        const origin = originOf('alsoApproved');
        return {
          ...look,
          ...(baseline
            ? { target: { origin: baseline, findings: target, missing, ...doubt } }
            : {}),
          ...(fallback ? { fallback: { origin, findings: fallback, missing, ...doubt } } : {}),
        };
      },
    );
}

function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}
