import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import { noteLook } from '../../functions/core/note-look.ts';
import {
  ATTACHMENTS,
  changeOf,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  originOf,
  settledRecord,
  snapshotOf,
} from '../support/builders.ts';

describe('noteLook', () => {
  it('tells who changed a tag that the policy goes by, whatever the function is otherwise', () => {
    const record = settledRecord();
    const policy = enforcingPolicy({ trustedTags: [{ key: 'keep', writers: [] }] });
    const news = changeOf('approved', { kind: 'tags', tags: { keep: 'true' } });
    const look = goodLookOf({ known: record, record, policy, news });

    const noted = noteLook(look, { remediation: decide(look).remediation });

    expect(noted.outbox).toMatchObject([{ kind: 'tag' }]);
  });

  it('counts each violation once', () => {
    const first = decide(lookOf({ findings: [findingOf('violation')] })).record;
    const again = decide(lookOf({ record: first, known: first })).record;
    const snapshot = snapshotOf({ attachment: ATTACHMENTS.alsoForbidden });
    const next = decide(lookOf({ record: again, known: again, snapshot })).record;

    expect([first, again, next].map(({ violations }) => violations)).toEqual([1, 1, 2]);
  });

  it('takes no candidate from an update that failed', () => {
    const record = settledRecord({ candidate: originOf('approved') });
    const snapshot = snapshotOf({ lastUpdateStatus: 'Failed' });

    expect(decide(goodLookOf({ record, snapshot })).record).not.toHaveProperty('candidate');
    const { current, ...unseen } = record;
    expect(decide(goodLookOf({ record: unseen, snapshot })).record).toHaveProperty('candidate');
  });
});
