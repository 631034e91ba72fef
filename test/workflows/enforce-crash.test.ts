import { afterAll, describe, expect, it } from 'vitest';
import { isDetached } from '../../functions/core/attachment.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { type Played, play } from '../support/crash-play.ts';
import { CRASH_SCENARIOS } from '../support/crash-scenarios.ts';
import { endsLike, tellsOnce } from '../support/crash-verdict.ts';

/** What a scenario comes to when nothing disturbs it, as the table of cases shows it. */
function describeEnd({ calls, end, drill, published }: Played) {
  const told = drill.world.notices.filter(({ id }) => published.has(id));
  return {
    points: calls.length,
    ends: end.snapshot === undefined ? 'gone' : whereAndHow(end.snapshot),
    tells: told.map(({ kind, remediation }) => `${kind} (${remediation})`).join(', '),
  };
}

function whereAndHow({ attachment, reservedConcurrency, state }: FunctionSnapshot): string {
  const { vpcId, subnetIds } = attachment;
  const where = isDetached(attachment) ? 'no network' : `${vpcId} ${subnetIds.join(' ')}`;
  return `${state} in ${where}, reserved ${reservedConcurrency ?? 'nothing'}`;
}

const counted = { scenarios: 0, points: 0 };

afterAll(() => {
  const { scenarios, points } = counted;
  process.stdout.write(
    `crash points: ${scenarios} scenarios, ${points} calls each died at twice\n`,
  );
});

describe('the scenarios', () => {
  // Pinned: a scenario or a call that is lost is seen. `vitest -u` writes the table anew.
  it('are these, with so many calls, and end so', async () => {
    const ends = [];
    for (const scenario of CRASH_SCENARIOS) {
      ends.push([scenario.name, describeEnd(await play(scenario))]);
    }

    await expect(`${JSON.stringify(Object.fromEntries(ends), null, 2)}\n`).toMatchFileSnapshot(
      '../cases/crash-points.json',
    );
    expect(new Set(CRASH_SCENARIOS.map(({ name }) => name)).size).toBe(CRASH_SCENARIOS.length);
  });
});

describe.each(CRASH_SCENARIOS)('enforceFunction through $name', (scenario) => {
  it('ends in the same state and tells the same, wherever its process dies', async () => {
    const undisturbed = await play(scenario);
    counted.scenarios += 1;
    counted.points += undisturbed.calls.length;
    expect(undisturbed.drill.errors).toEqual([]);

    for (let at = 1; at <= undisturbed.calls.length; at += 1) {
      for (const how of ['before', 'after'] as const) {
        const played = await play(scenario, { at, how });

        const place = `${how} call ${at}, ${undisturbed.calls[at - 1]}`;
        expect(played.drill.errors.length, place).toBeGreaterThan(0);
        endsLike(undisturbed, played, { scenario, place });
        tellsOnce(played, { at, how }, place);
      }
    }
  });
});
