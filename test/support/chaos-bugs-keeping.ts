import { type Bug, publishing, writing } from './chaos-bug.ts';
import { SECRET } from './chaos-trail.ts';

/** What is wrong with how it keeps and tells, one at a time. */
export const KEEPING_BUGS: readonly Bug[] = [
  {
    name: 'publishes before the intent is written',
    caughtBy: 'noticesAreWrittenDownFirst',
    ports: (ports) => ({
      ...ports,
      writeRecord: async (record) => {
        const { intent, outbox } = record;
        const told = intent?.status === 'open' ? outbox : [];
        for (const notice of told) await ports.publish(notice);
        return ports.writeRecord(record);
      },
    }),
  },
  {
    name: 'forgets what was reserved before a quarantine',
    caughtBy: 'previousConcurrencyIsNeverLost',
    ports: writing(({ quarantine, ...record }) => {
      if (quarantine === undefined) return record;
      const { previous: _, ...forgetful } = quarantine;
      return { ...record, quarantine: forgetful };
    }),
  },
  {
    name: 'forgets its quarantines',
    caughtBy: 'previousConcurrencyIsNeverLost',
    ports: writing(({ quarantine: _, ...record }) => record),
  },
  {
    name: 'gives notices new ids',
    caughtBy: 'noticeIdsAreStable',
    ports: publishing((notice, { nowMs }) => ({ ...notice, id: `${notice.id}-${nowMs()}` })),
  },
  {
    name: 'tells secrets',
    caughtBy: 'noSecretIsTold',
    ports: publishing((notice) => ({ ...notice, text: `${notice.text} TOKEN=${SECRET}` })),
  },
  {
    name: 'does not tell of remediations',
    caughtBy: 'everyRemediationIsTold',
    ports: (ports) => ({
      ...ports,
      publish: async (notice) =>
        notice.kind === 'remediation' ? undefined : ports.publish(notice),
    }),
  },
  {
    name: 'does not tell of resolutions',
    caughtBy: 'everyResolutionIsTold',
    ports: (ports) => ({
      ...ports,
      publish: async (notice) => (notice.kind === 'resolution' ? undefined : ports.publish(notice)),
    }),
  },
  {
    name: 'tells everything twice',
    caughtBy: 'toldTwiceOnlyAfterAFailure',
    ports: (ports) => ({
      ...ports,
      publish: async (notice) => {
        await ports.publish(notice);
        await ports.publish(notice);
      },
    }),
  },
  {
    name: 'loses its history',
    caughtBy: 'historyIsNeverLost',
    ports: (ports) => ({ ...ports, keepHistory: async () => undefined }),
  },
  {
    name: 'releases nothing',
    caughtBy: 'whatIsGoodIsNotHeld',
    settings: ({ policy, ...settings }) => ({
      ...settings,
      policy: { ...policy, autoRelease: false },
    }),
  },
  {
    name: 'does not note what it kept',
    caughtBy: 'nothingIsLeftOpen',
    ports: (ports, { records }) => ({
      ...ports,
      writeRecord: (record) => {
        const { unkept = [] } = records.get(record.functionArn) ?? {};
        return ports.writeRecord(record.unkept.length === 0 ? { ...record, unkept } : record);
      },
    }),
  },
  {
    name: 'looks at nothing again',
    caughtBy: 'everyFunctionEndsWell',
    ports: (ports) => ({ ...ports, enqueue: async () => undefined }),
  },
];
