import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NormalizedSchema } from '@smithy/core/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../lib/local/wire/operation.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import { operationsOf } from './watched-service.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';

let account: FullAccount;

beforeAll(async () => {
  account = await startFullAccount();
  const lambda = new LambdaClient(account.settings());
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL }));
  lambda.destroy();
  await account.advance(1000);
});
afterAll(async () => {
  await account.close();
});

describe('a body that is no request', () => {
  const withBody = operationsOf('lambda').filter((name) => name !== 'Invoke');

  it.each(withBody)('is refused by %s, whatever it is instead', async (name) => {
    const operation = account.core.services
      .get('lambda')
      ?.operations.find((candidate) => candidate.name === name);
    if (operation === undefined) throw new Error(`no operation \`${name}\``);
    for (const body of junkFor(operation)) {
      const { status, code } = await post(operation, body);

      expect(`${status} ${code} for ${body}`).toMatch(
        /^(400 (Serialization|Validation)Exception|404 ResourceNotFoundException) for /,
      );
    }
  });

  async function post(operation: Operation, body: string) {
    const { method, path } = targetOf(operation);
    const response = await fetch(`${account.endpoint}${path}`, {
      method,
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/lambda/aws4_request',
        'content-type': 'application/json',
      },
      body,
    });
    await response.text();
    return { status: response.status, code: response.headers.get('x-amzn-errortype') };
  }
});

/** Not JSON, JSON of another kind, and every member that goes into the body as what it is not. */
function junkFor(operation: Operation): readonly string[] {
  const members = [...NormalizedSchema.of(operation.schema[4]).structIterator()].filter(
    ([, member]) => !(member.getMergedTraits().httpLabel || member.getMergedTraits().httpQuery),
  );
  if (members.length === 0) return [];
  const wrong = members.map(([name, member]) =>
    JSON.stringify({ [name]: member.isStructSchema() || member.isMapSchema() ? [1] : { a: 1 } }),
  );
  return ['not JSON', '{"a":', '[]', 'null', '"text"', '7', ...wrong];
}

function targetOf(operation: Operation): { readonly method: string; readonly path: string } {
  const traits = operation.schema[3];
  const [method = '', path = ''] = (typeof traits === 'object' ? traits.http : undefined) ?? [];
  return {
    method,
    path: path.replace('{Resource}', encodeURIComponent(FUNCTION_ARN)).replaceAll(/\{\w+\}/g, 'f'),
  };
}
