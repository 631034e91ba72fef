import { describe, expect, it } from 'vitest';
import type { Ports } from '../../functions/workflows/ports.ts';
import { ATTACHMENTS, enforcingPolicy } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

const WAKING = enforcingPolicy({ idle: { report: true, wake: ['orders-*'] } });

/** What people do, after a function was set up. */
interface Scenario {
  readonly name: string;
  readonly before: (drill: Drill) => Promise<void>;
  readonly act: (drill: Drill) => Promise<void>;
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a revert',
    before: async (drill) => {
      drill.create(ATTACHMENTS.approved);
      await drill.run();
    },
    act: async (drill) => {
      drill.update(ATTACHMENTS.forbidden);
      await drill.run();
    },
  },
  {
    name: 'a quarantine',
    before: async () => undefined,
    act: async (drill) => {
      drill.create(ATTACHMENTS.detached);
      await drill.run();
    },
  },
  {
    name: 'a quarantine that its owner undoes',
    before: async (drill) => {
      drill.create(ATTACHMENTS.detached);
      await drill.run();
    },
    act: async (drill) => {
      drill.reserve(5);
      await drill.run();
    },
  },
  {
    name: 'a release',
    before: async (drill) => {
      drill.create(ATTACHMENTS.detached);
      await drill.run();
    },
    act: async (drill) => {
      drill.update(ATTACHMENTS.approved);
      await drill.run();
    },
  },
];

const WAKE: Scenario = {
  name: 'a wake',
  before: async (drill) => {
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.fallIdle();
  },
  act: async (drill) => {
    drill.send({ wake: true });
    await drill.run();
  },
};

/** Lets the guardrail's process die at one of its calls, before or after AWS took it. */
function dying(at: () => number, when: 'before' | 'after') {
  return (ports: Ports): Ports => {
    let calls = 0;
    const tap =
      <Arguments extends readonly unknown[], Answer>(
        call: (...args: Arguments) => Promise<Answer>,
      ) =>
      async (...args: Arguments): Promise<Answer> => {
        calls += 1;
        const dies = calls === at();
        if (dies && when === 'before') throw new Error('the process died');
        const answer = await call(...args);
        if (dies) throw new Error('the process died');
        return answer;
      };
    return {
      ...ports,
      readSnapshot: tap(ports.readSnapshot),
      readNetwork: tap(ports.readNetwork),
      attach: tap(ports.attach),
      reserveConcurrency: tap(ports.reserveConcurrency),
      wake: tap(ports.wake),
      readRecord: tap(ports.readRecord),
      writeRecord: tap(ports.writeRecord),
      takeToken: tap(ports.takeToken),
      enqueue: tap(ports.enqueue),
      publish: tap(ports.publish),
    };
  };
}

async function play({ before, act }: Scenario, kills?: { at: number; when: 'before' | 'after' }) {
  let at = Number.POSITIVE_INFINITY;
  const drill = createDrill(
    WAKING,
    dying(() => at, kills?.when ?? 'before'),
  );
  await before(drill);
  const told = drill.world.notices.length;
  const done = drill.world.calls.length;
  at = done + (kills?.at ?? Number.POSITIVE_INFINITY);
  await act(drill);
  return { drill, calls: drill.world.calls.length - done, end: endOf(drill, told) };
}

/** The state in the end, without times and counts of writes. */
function endOf(drill: Drill, told: number) {
  const { attachment, reservedConcurrency, state, lastUpdateStatus } = drill.snapshot();
  const { current, candidate, baseline, intent, violation, quarantine, outbox, revertsMs } =
    drill.record();
  return {
    snapshot: { attachment, reservedConcurrency, state, lastUpdateStatus },
    record: { current, candidate, baseline, intent, outbox },
    violation: violation?.id,
    quarantine: quarantine && { ...quarantine, sinceMs: 0 },
    reverts: revertsMs.length,
    spent: [...drill.world.account.spentMs.keys()],
    notices: [...new Set(drill.world.notices.slice(told).map(({ id }) => id))].sort(),
  };
}

describe.each(SCENARIOS)('enforceFunction through $name', (scenario) => {
  it('ends in the same state and tells the same, wherever its process dies', async () => {
    const undisturbed = await play(scenario);
    expect(undisturbed.end.notices.length).toBeGreaterThan(0);

    for (let at = 1; at <= undisturbed.calls; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { drill, end } = await play(scenario, { at, when });
        const place = `${when} call ${at}`;
        expect(drill.errors.length, place).toBeGreaterThan(0);
        expect(end, place).toEqual(undisturbed.end);
      }
    }
  });
});

describe('enforceFunction through a wake', () => {
  it('ends awake and tells of one wake, wherever its process dies', async () => {
    const { end, calls } = await play(WAKE);

    for (let at = 1; at <= calls; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const disturbed = await play(WAKE, { at, when });
        const notices = disturbed.end.notices.map(() => end.notices[0]);
        expect({ ...disturbed.end, notices }, `${when} call ${at}`).toEqual(end);
      }
    }
  });
});
