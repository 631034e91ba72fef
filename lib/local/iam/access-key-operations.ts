import {
  CreateAccessKey$,
  type CreateAccessKeyRequest,
  type CreateAccessKeyResponse,
  DeleteAccessKey$,
  type DeleteAccessKeyRequest,
} from '@aws-sdk/client-iam';
import { issueKey, type Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineWrite } from './define-iam.ts';
import { findPrincipalNamed } from './find-principal.ts';
import { iamFault, noSuchEntity } from './iam-faults.ts';

const KEYS_PER_USER = 2;

/** The operations on users' access keys; without a name the caller means itself. */
export function accessKeyOperations(principals: Principals): readonly Operation[] {
  return [
    defineWrite<CreateAccessKeyRequest, CreateAccessKeyResponse>(CreateAccessKey$, principals, {
      on: ({ UserName }, { caller }) => ['user', UserName ?? caller.name],
      handle: ({ UserName }, { caller, nowMs }) =>
        createKey(principals, UserName ?? caller.name, nowMs),
    }),
    defineWrite<Given<DeleteAccessKeyRequest, 'AccessKeyId'>, void>(DeleteAccessKey$, principals, {
      on: ({ UserName }, { caller }) => ['user', UserName ?? caller.name],
      handle: ({ UserName, AccessKeyId }, { caller }) => {
        const user = findPrincipalNamed(principals, 'user', UserName ?? caller.name);
        if (principals.keys.get(AccessKeyId)?.principal.arn !== user.arn) {
          throw noSuchEntity(`Access Key with id ${AccessKeyId}`);
        }
        principals.keys.delete(AccessKeyId);
      },
    }),
  ];
}

function createKey(principals: Principals, name: string, nowMs: number): CreateAccessKeyResponse {
  const user = findPrincipalNamed(principals, 'user', name);
  const held = [...principals.keys.values()].filter(({ principal }) => principal.arn === user.arn);
  if (held.length >= KEYS_PER_USER) {
    const message = `Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`;
    throw iamFault('LimitExceeded', message, 409);
  }
  const key = issueKey(principals, user, { nowMs });
  return {
    AccessKey: {
      UserName: name,
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      Status: 'Active',
      CreateDate: new Date(nowMs),
    },
  };
}
