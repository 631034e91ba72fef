import { describe, it } from 'vitest';
import { play } from '../support/crash-play.ts';
import { CRASH_SCENARIOS } from '../support/crash-scenarios.ts';
import { endsLike, tellsOnce } from '../support/crash-verdict.ts';

describe.each(CRASH_SCENARIOS)('two handlers at once in $name', (scenario) => {
  it('end as one does, wherever the second comes between two calls of the first', async () => {
    const undisturbed = await play(scenario);

    for (let at = 1; at <= undisturbed.calls.length; at += 1) {
      const disturbance = { at, how: 'meanwhile' } as const;
      const played = await play(scenario, disturbance);

      const place = `before call ${at}, ${undisturbed.calls[at - 1]}`;
      endsLike(undisturbed, played, { scenario, place });
      tellsOnce(played, disturbance, place);
    }
  });
});

describe.each(CRASH_SCENARIOS)('every message twice in $name', (scenario) => {
  it('ends as once does', async () => {
    const undisturbed = await play(scenario);
    const twice = await play(scenario, 'twice');

    endsLike(undisturbed, twice, { scenario, place: 'twice' });
    tellsOnce(twice, { at: 0, how: 'meanwhile' }, 'twice');
  });
});
