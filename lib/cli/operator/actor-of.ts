import type { Actor } from '../../../functions/core/actor.ts';
import { redact } from '../../../functions/core/redact.ts';

const SESSION = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;
const OWN = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/;

/**
 * Says who a caller is, as the history names people: a session is its role's.
 *
 * AWS names a role by the name alone where it names a session of it, so a path is missing.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function actorOf(callerArn: string): Actor {
  const [, partition, accountId = '', role, session = ''] = SESSION.exec(callerArn) ?? [];
  if (role !== undefined) {
    const principalArn = `arn:${partition}:iam::${accountId}:role/${role}`;
    return { principalArn, accountId, sessionName: redact(session) };
  }
  const [, account] = OWN.exec(callerArn) ?? [];
  return { principalArn: callerArn, ...(account === undefined ? {} : { accountId: account }) };
}
