import { describe, expect, it } from 'vitest';
import type { Ports } from '../../functions/workflows/ports.ts';
import { ATTACHMENTS } from '../support/builders.ts';
import { createDrill } from '../support/drill.ts';

/** The answer to the first call is lost, and the client asks again by itself. */
function askingTwice(ports: Ports): Ports {
  return {
    ...ports,
    attach: async (...args) => {
      await ports.attach(...args);
      return ports.attach(...args);
    },
  };
}

describe('carryOut, where the client asks AWS twice', () => {
  it('takes the revert for its own that AWS refuses to do again', async () => {
    const drill = createDrill(undefined, askingTwice);
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(60_000);
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
    expect(drill.record().revertsMs).toHaveLength(1);
    expect(drill.outcomes).not.toContainEqual(expect.objectContaining({ error: 'busy' }));
  });
});
