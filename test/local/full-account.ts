import { putPolicy } from '../../lib/local/iam/inline-policies.ts';
import { issueKey, newPrincipal } from '../../lib/local/identity/principals.ts';
import {
  type LocalAccount,
  type LocalAccountOptions,
  startLocalAccount,
} from '../../lib/local/start-local-account.ts';

export const START_MS = Date.UTC(2026, 10, 22, 10);

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Settings of a client of the SDK. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: Credentials;
}

/** An account of every service. */
export interface FullAccount extends LocalAccount {
  /** Settings of a client: the administrator's, or of the caller given. */
  readonly settings: (credentials?: Credentials) => ClientSettings;
  /** A new user with one policy. */
  readonly user: (name: string, ...statements: readonly object[]) => Credentials;
  /** Gives a role one more policy, as text. */
  readonly allow: (roleName: string, policy: string) => void;
  /** The CloudTrail records of one kind of call. */
  readonly records: (eventName: string) => readonly Readonly<Record<string, unknown>>[];
}

/** Starts an account of every service at a fixed moment. */
export async function startFullAccount(options: LocalAccountOptions = {}): Promise<FullAccount> {
  const account = await startLocalAccount({ startMs: START_MS, ...options });
  const { core, endpoint, journal } = account;
  const admin = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    ...account,
    settings: (credentials = admin) => ({
      endpoint,
      region: core.region,
      maxAttempts: 1,
      credentials,
    }),
    user: (name, ...statements) => {
      const user = newPrincipal(core.principals, { kind: 'user', name, nowMs: START_MS });
      const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      putPolicy(core.principals, { kind: 'user', name, policyName: 'own' }, text);
      return issueKey(core.principals, user, { nowMs: START_MS });
    },
    allow: (name, policy) => {
      putPolicy(core.principals, { kind: 'role', name, policyName: 'more' }, policy);
    },
    records: (eventName) => journal.events.filter((record) => record.eventName === eventName),
  };
}
