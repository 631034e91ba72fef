import type { AccountCore } from '../../lib/local/account-core.ts';
import { createClock } from '../../lib/local/clock.ts';
import { createEc2Service } from '../../lib/local/ec2/ec2-service.ts';
import type { RoutedNetwork } from '../../lib/local/ec2/network.ts';
import { seedNetwork } from '../../lib/local/ec2/seed-network.ts';
import { createEventBus, type EventBus } from '../../lib/local/events/event-bus.ts';
import { createEventsService } from '../../lib/local/events/events-service.ts';
import { createIamService } from '../../lib/local/iam/iam-service.ts';
import { putPolicy } from '../../lib/local/iam/inline-policies.ts';
import { createPrincipals, issueKey, newPrincipal } from '../../lib/local/identity/principals.ts';
import { createJournal } from '../../lib/local/journal.ts';
import { serve } from '../../lib/local/server.ts';
import { createSnsService } from '../../lib/local/sns/sns-service.ts';
import { type AccountQueues, createQueues } from '../../lib/local/sqs/account-queues.ts';
import { createSqsService } from '../../lib/local/sqs/sqs-service.ts';
import { createStsService } from '../../lib/local/sts/sts-service.ts';

export const ACCOUNT_ID = '123456789012';
export const START_MS = Date.UTC(2026, 10, 22, 10);

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How a client of the SDK is pointed at the account. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: Credentials;
}

/** An account of everything but Lambda. */
export interface StartedAccount {
  readonly core: AccountCore;
  readonly queues: AccountQueues;
  readonly bus: EventBus;
  readonly network: RoutedNetwork;
  readonly endpoint: string;
  /** Settings of a client: the administrator's, or of the caller given. */
  readonly settings: (credentials?: Credentials) => ClientSettings;
  /** A new user with one policy, which allows nothing unless it is given. */
  readonly user: (name: string, ...statements: readonly object[]) => Credentials;
  /** The CloudTrail records of one kind of call. */
  readonly records: (eventName: string) => readonly Readonly<Record<string, unknown>>[];
  readonly stop: () => Promise<void>;
}

/** Starts the account on a free port. */
export async function startAccount(): Promise<StartedAccount> {
  const core: AccountCore = {
    accountId: ACCOUNT_ID,
    region: 'us-east-1',
    clock: createClock(START_MS),
    journal: createJournal(),
    principals: createPrincipals(ACCOUNT_ID, START_MS),
    services: new Map(),
    trailListeners: [],
  };
  const network = seedNetwork();
  const queues = createQueues(core);
  const bus = createEventBus(core, { queues });
  const server = await serve(core, { port: 0, sideDoors: [] });
  const services = [
    createEc2Service(core, network),
    createIamService(core),
    createStsService(core),
    createSqsService(core, { queues, endpointOf: () => server.endpoint }),
    createSnsService(core, { queues }),
    createEventsService(core, bus),
  ];
  for (const service of services) core.services.set(service.name, service);
  const admin = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    core,
    queues,
    bus,
    network,
    endpoint: server.endpoint,
    settings: (credentials = admin) => ({
      endpoint: server.endpoint,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials,
    }),
    user: (name, ...statements) => {
      const user = newPrincipal(core.principals, { kind: 'user', name, nowMs: START_MS });
      if (statements.length > 0) {
        const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
        putPolicy(core.principals, { kind: 'user', name, policyName: 'own' }, text);
      }
      return issueKey(core.principals, user, { nowMs: START_MS });
    },
    records: (eventName) => core.journal.events.filter((record) => record.eventName === eventName),
    stop: server.close,
  };
}
