import {
  CreateFunction$,
  type CreateFunctionRequest,
  DeleteFunction$,
  GetFunction$,
  type GetFunctionRequest,
  type InvocationRequest,
  Invoke$,
  LambdaClient,
  ListFunctions$,
  type ListFunctionsRequest,
  ListTags$,
  type ListTagsRequest,
  UntagResource$,
  UntagResourceCommand,
  type UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';
import { operation, type Service } from '../../../lib/local/wire/operation.ts';
import { type StartedAccount, startAccount } from '../start-account.ts';
import { type RawRequest, sendRaw } from './send.ts';

let account: StartedAccount;
let inputs: unknown[] = [];
const send = (request: RawRequest) =>
  sendRaw(account.endpoint, { service: 'lambda', method: 'GET', ...request });

/** Answers what it was asked, in each of the forms that REST-JSON has. */
function echoService(): Service {
  const needs = () => [];
  return {
    name: 'lambda',
    protocol: 'rest-json',
    denied: { code: 'AccessDeniedException', status: 403 },
    operations: [
      operation<GetFunctionRequest, object>(GetFunction$, {
        needs,
        handle: (input) => {
          inputs.push(input);
          if (input.FunctionName === 'gone') {
            throw new AwsFault('Function not found: gone', {
              code: 'ResourceNotFoundException',
              status: 404,
              members: { Type: 'User' },
            });
          }
          if (input.FunctionName === 'broken') throw new Error('a bug');
          return { Tags: { Owner: 'ann' } };
        },
      }),
      operation<CreateFunctionRequest, object>(CreateFunction$, {
        needs,
        handle: ({ FunctionName, Timeout }) => ({ FunctionName, Timeout }),
      }),
      operation<ListFunctionsRequest, object>(ListFunctions$, {
        needs,
        handle: (input) => {
          inputs.push(input);
          return { Functions: [] };
        },
      }),
      operation<InvocationRequest, object>(Invoke$, {
        needs,
        handle: ({ Payload }) => ({
          StatusCode: 202,
          FunctionError: 'Unhandled',
          Payload: Payload ?? new Uint8Array(),
        }),
      }),
      operation<ListTagsRequest, object>(ListTags$, { needs, handle: () => ({}) }),
      operation<object, void>(DeleteFunction$, { needs, handle: () => undefined }),
      operation<UntagResourceRequest, void>(UntagResource$, {
        needs,
        handle: (input) => {
          inputs.push(input);
        },
      }),
    ],
  };
}

beforeAll(async () => {
  account = await startAccount();
  account.core.services.set('lambda', echoService());
});

afterAll(async () => {
  await account.stop();
});

describe('REST-JSON', () => {
  it('reads labels from the path and members from the query', async () => {
    inputs = [];

    await send({ path: '/2015-03-31/functions/a%3Ab?Qualifier=%24LATEST' });
    await send({ path: '/2015-03-31/functions/?MaxItems=7&Marker=m' });
    await send({ path: '/2015-03-31/functions' });

    expect(inputs).toEqual([
      { FunctionName: 'a:b', Qualifier: '$LATEST' },
      { MaxItems: 7, Marker: 'm' },
      {},
    ]);
  });

  it.each(['abc', '', 'Infinity'])('names `%s`, which is no number', async (text) => {
    const answer = await send({ path: `/2015-03-31/functions/?MaxItems=${text}` });

    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('SerializationException');
    expect(JSON.parse(answer.text)).toMatchObject({
      message: `Could not parse the request: MaxItems is '${text}', expected a number`,
    });
  });

  it('reads lists from a repeated member of the query', async () => {
    inputs = [];
    const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    const lambda = new LambdaClient(account.settings());

    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a', 'b'] }));

    expect(inputs).toEqual([{ Resource, TagKeys: ['a', 'b'] }]);
    lambda.destroy();
  });

  it('answers members as JSON with the status of the operation', async () => {
    const body = JSON.stringify({
      FunctionName: 'f',
      Role: 'r',
      Code: { ZipFile: 'AAAA' },
      Timeout: 3,
    });

    const answer = await send({ method: 'POST', path: '/2015-03-31/functions', body });

    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(answer.text)).toEqual({ FunctionName: 'f', Timeout: 3 });
  });

  it('carries payloads, status and headers beside a body', async () => {
    const answer = await send({
      method: 'POST',
      path: '/2015-03-31/functions/f/invocations',
      body: 'not JSON',
    });

    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(answer.text).toBe('not JSON');
  });

  it('leaves names alone that people gave', async () => {
    const answer = await send({ path: '/2015-03-31/functions/f' });

    expect(JSON.parse(answer.text)).toEqual({ Tags: { Owner: 'ann' } });
  });

  it('answers nothing where there is nothing to answer', async () => {
    const answer = await send({
      method: 'DELETE',
      path: '/2017-03-31/tags/arn%3Aaws%3Alambda?tagKeys=a',
    });

    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
  });

  it('answers an error by header and body', async () => {
    const answer = await send({ path: '/2015-03-31/functions/gone' });

    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
    expect(JSON.parse(answer.text)).toMatchObject({
      Type: 'User',
      Message: 'Function not found: gone',
    });
  });

  it('calls a bug of the account an internal failure', async () => {
    const answer = await send({ path: '/2015-03-31/functions/broken' });

    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-amzn-errortype')).toBe('InternalFailure');
    expect(answer.text).toContain('the local account failed: a bug');
  });

  it.each([
    ['no JSON', '{"Role":'],
    ['a text for a number', '{"FunctionName":"f","Role":"r","Code":{},"Timeout":"3"}'],
    ['a text for a structure', '{"FunctionName":"f","Role":"r","Code":"zip"}'],
    ['nothing that is needed', ''],
  ])('refuses %s', async (_case, body) => {
    const answer = await send({ method: 'POST', path: '/2015-03-31/functions', body });

    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toMatch(
      /^(SerializationException|ValidationException)$/,
    );
  });

  it.each([
    ['a path that is badly encoded', 'GET', '/2015-03-31/functions/%E0%A4%A', 200],
    ['a path of slashes', 'GET', '//', 400],
    ['an unknown path', 'GET', '/2015-03-31/cakes', 400],
    ['another method', 'PATCH', '/2015-03-31/functions/f', 400],
  ])('lives with %s', async (_case, method, path, status) => {
    const answer = await send({ method, path });

    expect(answer.status).toBe(status);
  });
});
