import {
  AssumeRole$,
  type AssumeRoleRequest,
  type AssumeRoleResponse,
  GetCallerIdentity$,
  type GetCallerIdentityRequest,
  type GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import type { AccountCore } from '../account-core.ts';
import { authorizeByOrganization } from '../identity/authorize.ts';
import type { Caller } from '../identity/caller.ts';
import { longestSession } from '../identity/longest-session.ts';
import { issueKey, type Principal } from '../identity/principals.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation, type Service } from '../wire/operation.ts';
import { mayAssume } from './may-assume.ts';

const DENIED = { code: 'AccessDenied', status: 403 };

type AssumeInput = Given<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName'>;

/** AWS: whoever is a session already becomes another role for an hour at most. */
const CHAINED_SECONDS = 3600;

/** Inputs that would change what the session may do. */
const NOT_JUDGED = ['Policy', 'PolicyArns', 'Tags', 'TransitiveTagKeys', 'SourceIdentity'] as const;

/** Creates STS: who somebody is, and sessions of roles. */
export function createStsService(core: AccountCore): Service {
  return {
    name: 'sts',
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    denied: DENIED,
    operations: [getCallerIdentity(), assumeRole(core)],
  };
}

/** AWS: this needs no permission, and no policy can take it away. */
function getCallerIdentity(): Operation {
  return operation<GetCallerIdentityRequest, GetCallerIdentityResponse>(GetCallerIdentity$, {
    needs: () => [],
    handle: (_input, { caller }) => ({
      UserId: caller.principalId,
      Account: caller.accountId,
      Arn: caller.arn,
    }),
  });
}

/** Both sides decide: the role's trust policy and, where that only trusts the account, the caller's. */
function assumeRole(core: AccountCore): Operation {
  return operation<AssumeInput, AssumeRoleResponse>(AssumeRole$, {
    needs: () => [],
    handle: (input, { caller, nowMs }) => {
      checkInput(input);
      const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input;
      const need = { action: 'sts:AssumeRole', resource: RoleArn };
      authorizeByOrganization(core.principals, caller, { need, denied: DENIED });
      const role = [...core.principals.roles.values()].find(({ arn }) => arn === RoleArn);
      if (role === undefined || !mayAssume(core.principals, role, caller)) {
        throw fault(
          'AccessDenied',
          `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
          403,
        );
      }
      checkDuration(role, caller, DurationSeconds);
      const expiresAtMs = nowMs + DurationSeconds * 1000;
      const key = issueKey(core.principals, role, {
        name: RoleSessionName,
        nowMs,
        expiresAtMs,
        isInside: core.principals.keys.get(caller.accessKeyId)?.isInside === true,
      });
      return {
        Credentials: {
          AccessKeyId: key.accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          SessionToken: key.sessionToken,
          Expiration: new Date(expiresAtMs),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${RoleSessionName}`,
          Arn: `arn:aws:sts::${core.accountId}:assumed-role/${role.name}/${RoleSessionName}`,
        },
        SessionTokenSize: Buffer.byteLength(key.sessionToken ?? ''),
      };
    },
  });
}

function checkDuration(role: Principal, { kind }: Caller, seconds: number): void {
  if (kind === 'role-session' && seconds > CHAINED_SECONDS) {
    throw fault(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > longestSession(role)) {
    throw fault(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}

function checkInput(input: AssumeInput): void {
  const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input;
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(RoleArn)) {
    throw fault('ValidationError', `${RoleArn} is invalid`);
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    throw fault(
      'ValidationError',
      `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  if (DurationSeconds < 900 || DurationSeconds > 43_200) {
    throw fault(
      'ValidationError',
      `1 validation error detected: Value '${DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`,
    );
  }
  const refused = NOT_JUDGED.find((name) => input[name] !== undefined);
  if (refused !== undefined) {
    throw fault('ValidationError', `the local account does not judge ${refused} of a session`);
  }
}

function fault(code: string, message: string, status = 400): AwsFault {
  return new AwsFault(message, { code, status });
}
