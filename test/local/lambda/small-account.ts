import { LambdaClient } from '@aws-sdk/client-lambda';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import type { AccountCore } from '../../../lib/local/account-core.ts';
import { createClock } from '../../../lib/local/clock.ts';
import { createExecution, type Execution } from '../../../lib/local/execution/execution.ts';
import {
  createPrincipals,
  forgetJudge,
  issueKey,
  newPrincipal,
  type Principal,
} from '../../../lib/local/identity/principals.ts';
import { createJournal, type TrailRecord } from '../../../lib/local/journal.ts';
import {
  createLambdaService,
  type LambdaService,
} from '../../../lib/local/lambda/lambda-service.ts';
import { serve } from '../../../lib/local/server.ts';
import { type FakeQueues, fakeQueues } from './fake-queues.ts';
import { APPROVED_SUBNETS, FUNCTIONS_GROUP, network } from './network.ts';

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/lambda-role';
export const START_MS = Date.UTC(2026, 10, 22, 10);
export const ATTACHMENT = {
  SubnetIds: [...APPROVED_SUBNETS],
  SecurityGroupIds: [FUNCTIONS_GROUP],
};
export const MINIMAL = {
  Runtime: 'nodejs16.x',
  Handler: 'index.js',
  Role: ROLE_ARN,
  Code: { ZipFile: Buffer.from('a zip file') },
} as const;

type Document = Readonly<Record<string, unknown>>;

/** An account of Lambda alone, with fakes for what it stands on. */
export interface SmallAccount {
  readonly core: AccountCore;
  readonly service: LambdaService;
  readonly execution: Execution;
  readonly queues: FakeQueues;
  readonly objects: Map<string, Uint8Array>;
  readonly endpoint: string;
  readonly client: LambdaClient;
  /** A client of a new user with one policy. */
  readonly userClient: (name: string, policy: Document) => LambdaClient;
  readonly role: (name: string) => Principal;
  readonly setPolicy: (principal: Principal, policy: Document | undefined) => void;
  readonly lastEvent: () => TrailRecord;
  readonly close: () => Promise<void>;
}

/** Starts the account. */
export async function startSmallAccount(): Promise<SmallAccount> {
  const clock = createClock(START_MS);
  const core: AccountCore = {
    accountId: '123456789012',
    region: 'us-east-1',
    clock,
    journal: createJournal(),
    principals: createPrincipals('123456789012', START_MS),
    services: new Map(),
    trailListeners: [],
  };
  const queues = fakeQueues(clock);
  const objects = new Map<string, Uint8Array>();
  const server = await serve(core, { port: 0, sideDoors: [] });
  const { endpoint } = server;
  const execution = createExecution(core, { endpoint: () => endpoint, guardMs: 20_000 });
  const service = createLambdaService(core, {
    network: network(),
    queues,
    objects: {
      get: (bucket, key) => objects.get(`${bucket}/${key}`),
      hasBucket: (bucket) => [...objects.keys()].some((path) => path.startsWith(`${bucket}/`)),
    },
    execution,
    endpoint: () => endpoint,
  });
  core.services.set('lambda', service);
  const clients: LambdaClient[] = [];
  const clientOf = (accessKeyId: string): LambdaClient => {
    const credentials = { accessKeyId, secretAccessKey: 'secret' };
    const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  const setPolicy = (principal: Principal, policy: Document | undefined): void => {
    principal.policies.clear();
    if (policy !== undefined) principal.policies.set('policy', toPolicy(policy));
    forgetJudge(core.principals, principal);
  };
  const role = (name: string): Principal =>
    core.principals.roles.get(name) ??
    newPrincipal(core.principals, { kind: 'role', name, nowMs: START_MS });
  setPolicy(role('lambda-role'), allow(['ec2:*', 'sqs:*', 'logs:*']));
  return {
    core,
    service,
    execution,
    queues,
    objects,
    endpoint,
    client: clientOf('local'),
    userClient: (name, policy) => {
      const user = newPrincipal(core.principals, { kind: 'user', name, nowMs: START_MS });
      setPolicy(user, policy);
      return clientOf(issueKey(core.principals, user, { nowMs: START_MS }).accessKeyId);
    },
    role,
    setPolicy,
    lastEvent: () => {
      const event = core.journal.events.at(-1);
      if (event === undefined) throw new Error('nothing was recorded');
      return event;
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await execution.close();
      await server.close();
    },
  };
}

/** A policy that allows actions on everything, beside other statements. */
export function allow(actions: readonly string[], ...others: readonly Document[]): Document {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }, ...others],
  };
}

function toPolicy(policy: Document) {
  const parsed = parseAccessDocument('policy', policy);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return { text: JSON.stringify(policy), document: parsed.document };
}
