import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { ATTACHMENTS } from './builders.ts';
import { type Bug, seeing, writing } from './chaos-bug.ts';
import { networkWithout } from './fake-network.ts';

const GRANTED = { status: 'granted' } as const;

/** What is wrong with how it acts, one at a time. */
export const ACTING_BUGS: readonly Bug[] = [
  {
    name: 'attaches without RevisionId',
    caughtBy: 'neverWritesOverAChangeItHasNotSeen',
    world: (ports, { snapshots }) => ({
      ...ports,
      attach: (functionArn, attachment, revisionId) =>
        ports.attach(functionArn, attachment, snapshots.get(functionArn)?.revisionId ?? revisionId),
    }),
  },
  {
    name: 'takes no token',
    caughtBy: 'noWriteWithoutBudget',
    ports: (ports) => ({ ...ports, takeToken: async () => GRANTED }),
  },
  {
    name: 'goes on where the breaker is tripped',
    caughtBy: 'noWriteWithoutBudget',
    ports: (ports) => ({
      ...ports,
      takeToken: async (request, limit) => {
        const answer = await ports.takeToken(request, limit);
        const isTripped = answer.status === 'withheld' && answer.reason === 'breaker-tripped';
        return isTripped ? GRANTED : answer;
      },
    }),
  },
  {
    name: 'counts nothing',
    caughtBy: 'noWriteWithoutBudget',
    ports: (ports) => ({
      ...ports,
      takeToken: (request, limit) => ports.takeToken({ ...request, isCounted: false }, limit),
    }),
  },
  {
    name: 'does not hear the kill switch',
    caughtBy: 'noWriteWithTheKillSwitchOn',
    ports: (ports) => ({
      ...ports,
      takeToken: async (request, limit) => {
        const answer = await ports.takeToken(request, limit);
        const isKilled = answer.status === 'withheld' && answer.reason === 'mode-audit';
        return isKilled ? GRANTED : answer;
      },
    }),
  },
  {
    name: 'takes another token each time',
    caughtBy: 'twiceIsOnce',
    ports: (ports) => ({
      ...ports,
      takeToken: (request, limit) => {
        const remediationId = `${request.remediationId}-${ports.nowMs()}`;
        return ports.takeToken({ ...request, remediationId }, limit);
      },
    }),
  },
  {
    name: 'does everything twice',
    caughtBy: 'twiceIsOnce',
    ports: (ports, { snapshots }) => ({
      ...ports,
      reserveConcurrency: async (functionArn, value) => {
        const before = snapshots.get(functionArn);
        await ports.reserveConcurrency(functionArn, value);
        if (before !== undefined) snapshots.set(functionArn, before);
        return ports.reserveConcurrency(functionArn, value);
      },
    }),
  },
  {
    name: 'acts before the intent is written',
    caughtBy: 'everyWriteCanBeUndoneFromTheRecord',
    ports: (ports) => ({
      ...ports,
      writeRecord: async (record) => {
        const { intent, functionArn } = record;
        if (intent?.kind === 'quarantine') await ports.reserveConcurrency(functionArn, 0);
        return ports.writeRecord(record);
      },
    }),
  },
  {
    name: 'does not write down what was reserved',
    caughtBy: 'everyWriteCanBeUndoneFromTheRecord',
    ports: writing(({ intent, ...record }) => {
      if (intent === undefined) return record;
      const { attachment } = intent.undo;
      return { ...record, intent: { ...intent, undo: { attachment } } };
    }),
  },
  {
    name: 'acts in audit',
    caughtBy: 'noWriteInAudit',
    settings: ({ policy, ...settings }) => ({
      ...settings,
      policy: { ...policy, mode: 'enforce' },
    }),
  },
  {
    name: 'acts on its own function',
    caughtBy: 'noWriteOnTheGuardrailItself',
    settings: ({ deployment, ...settings }) => ({
      ...settings,
      deployment: { ...deployment, ownFunctionArns: new Set<string>() },
    }),
  },
  {
    name: 'takes an unknown network for a good one',
    caughtBy: 'neverToARejectedTarget',
    ports: (ports) => ({
      ...ports,
      readNetwork: async (place, isFresh) => {
        const fact = await ports.readNetwork(place, isFresh);
        return 'unknown' in fact ? { value: networkWithout() } : fact;
      },
    }),
  },
  {
    name: 'takes somebody unknown for the deployer',
    caughtBy: 'unknownNeverWrites',
    ports: seeing((snapshot) =>
      snapshot.attachment.vpcId === 'vpc-8'
        ? { ...snapshot, attachment: ATTACHMENTS.forbidden }
        : snapshot,
    ),
  },
  {
    name: 'reverts to a rejected target',
    caughtBy: 'neverToARejectedTarget',
    ports: (ports) => ({
      ...ports,
      attach: (functionArn, _, revisionId) =>
        ports.attach(functionArn, ATTACHMENTS.forbidden, revisionId),
    }),
  },
  {
    name: 'acts on what it only found',
    caughtBy: 'whatNobodyChangedIsLeftAlone',
    settings: ({ policy, ...settings }) => ({ ...settings, policy: actingOnWhatIsFound(policy) }),
  },
  {
    name: 'has no patience with other handlers',
    caughtBy: 'oneHandlerActsAtATime',
    ports: (ports) => ({
      ...ports,
      readRecord: async (functionArn) => {
        const record = await ports.readRecord(functionArn);
        if (record?.intent === undefined) return record;
        return { ...record, intent: { ...record.intent, startedAtMs: 0 } };
      },
    }),
  },
  {
    name: 'takes good functions for bad ones',
    caughtBy: 'whatIsGoodIsLeftAlone',
    ports: seeing((snapshot) => ({ ...snapshot, attachment: ATTACHMENTS.forbidden })),
  },
  {
    name: 'takes bad functions for good ones',
    caughtBy: 'aViolationIsNotReleased',
    ports: seeing((snapshot) =>
      snapshot.reservedConcurrency === 0
        ? { ...snapshot, attachment: ATTACHMENTS.approved }
        : snapshot,
    ),
  },
];

function actingOnWhatIsFound(policy: CompiledPolicy): CompiledPolicy {
  const controls = Object.entries(policy.controls).map(([id, control]) => [
    id,
    { ...control, onFound: 'quarantine' as const },
  ]);
  return { ...policy, controls: Object.fromEntries(controls) };
}
