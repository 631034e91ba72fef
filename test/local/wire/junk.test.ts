import { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore, createParts } from '../../../lib/local/account-parts.ts';
import type { Operation, Service } from '../../../lib/local/wire/operation.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { toRequest } from './junk-requests.ts';
import { junkOf, wrongTypes } from './junk-values.ts';
import { type RawAnswer, type RawRequest, sendRaw } from './send.ts';
import { findFlaw } from './well-formed.ts';

interface Asked {
  readonly service: Service;
  readonly operation: Operation;
}

const SEED = 20_261_122;

const core = createCore({});
createParts(core, {}, () => '');
const SERVICES = [...core.services.values()];
const OPERATIONS: readonly Asked[] = SERVICES.flatMap((service) =>
  service.operations.map((operation) => ({ service, operation })),
);

let account: FullAccount;
const send = (request: RawRequest) => sendRaw(account.endpoint, request);

beforeAll(async () => {
  account = await startFullAccount();
});

afterAll(async () => {
  expect((await send({ service: 'sts', body: 'Action=GetCallerIdentity' })).status).toBe(200);
  await account.close();
});

/** A call may succeed by chance; if it does not, it is the caller's fault, and told well. */
function expectOrderly(service: Service, request: RawRequest, answer: RawAnswer): void {
  if (answer.status === 200 || answer.status === 204) return;
  expect(findFlaw(service, request.method ?? 'POST', answer)).toBe('');
}

async function expectRefused(service: Service, request: RawRequest): Promise<void> {
  const answer = await send(request);

  expect(findFlaw(service, request.method ?? 'POST', answer)).toBe('');
}

describe('an empty request', () => {
  it.each(SERVICES)('is answered by every operation of $name', async (service) => {
    for (const operation of service.operations) {
      const request = toRequest(service, operation, {});
      expectOrderly(service, request, await send(request));
    }
  });
});

describe('junk', () => {
  it('of the right form is answered by any operation', async () => {
    const asked = fc.constantFrom(...OPERATIONS).chain(({ service, operation }) =>
      fc.tuple(
        fc.constant(service),
        junkOf(NormalizedSchema.of(operation.schema[4])).map((input) =>
          toRequest(service, operation, Object(input)),
        ),
      ),
    );

    await fc.assert(
      fc.asyncProperty(asked, async ([service, request]) => {
        expectOrderly(service, request, await send(request));
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('of the wrong type is refused by any operation', async () => {
    const cases = OPERATIONS.flatMap(({ service, operation }) =>
      mistyped(service, operation).map((input) => ({ service, operation, input })),
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), ({ service, operation, input }) =>
        expectRefused(service, toRequest(service, operation, input)),
      ),
      { numRuns: 150, seed: SEED },
    );
  });

  it('in place of a body is answered by any operation', async () => {
    const type = fc.constantFrom('text/html', 'application/xml', 'multipart/form-data', 'x', '');
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.constantFrom('{', '[]', 'null', '"x"', '<a/>', '&=&', '{"a":'.repeat(50_000)),
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS), type, body, async (asked, given, junk) => {
        const { service, operation } = asked;
        const { headers, ...request } = toRequest(service, operation, {});
        const typed = { ...headers, 'content-type': given };
        const isBare = request.method === 'GET' || request.method === 'HEAD';
        const sent = { ...request, headers: typed, ...(isBare ? {} : { body: junk }) };
        expectOrderly(service, sent, await send(sent));
      }),
      { numRuns: 100, seed: SEED },
    );
  });
});

describe('what a service does not offer', () => {
  it.each(SERVICES)(
    'is refused by $name: operations, targets, versions and paths',
    async (service) => {
      const { name, operations, xmlNamespace = '' } = service;
      const known = operations[0]?.name ?? '';
      const asked: RawRequest[] = [
        { headers: { 'x-amz-target': `${service.target}.EatCake` }, body: '{}' },
        { headers: { 'x-amz-target': `EatCake_20000101.${known}` }, body: '{}' },
        { headers: { 'x-amz-target': '.' }, body: '{}' },
        { body: 'Action=EatCake' },
        { body: `Action=${known}&Version=1999-01-01${xmlNamespace}` },
        { body: '' },
        { method: 'PATCH', path: '/2015-03-31/cakes/%zz/%2f' },
        { method: 'GET', path: '/?Action=EatCake&acl' },
        { method: 'DELETE', path: '/' },
      ];

      for (const request of asked) await expectRefused(service, { ...request, service: name });
    },
  );
});

describe('credentials', () => {
  it.each(SERVICES)('of nobody are refused by $name', async (service) => {
    const [operation] = service.operations;
    if (operation === undefined) throw new Error('no operation');
    const request = toRequest(service, operation, {});

    await expectRefused(service, { ...request, accessKeyId: 'AKIANOBODY' });
  });

  it.each([
    'Bearer x',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=local',
    'AWS4-HMAC-SHA256 Credential=local/today/us-east-1/sqs/aws4_request',
    'AWS4-HMAC-SHA256 Credential=/20261122/us-east-1/sqs/aws4_request',
    'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/__proto__/aws4_request',
    'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/bakery/aws4_request',
    `AWS4-HMAC-SHA256 Credential=${'local/'.repeat(2000)}`,
  ])('that read %j are refused', async (authorization) => {
    const answer = await send({ headers: { authorization }, body: '{}' });

    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({
      __type: expect.stringMatching(
        /^(MissingAuthenticationToken|UnknownOperationException)$/,
      ) as string,
      message: expect.stringMatching(/./) as string,
    });
  });
});

/** Inputs of one member each whose type is wrong; a query body has no types but of numbers. */
function mistyped({ protocol }: Service, operation: Operation): Record<string, unknown>[] {
  const schema = NormalizedSchema.of(operation.schema[4]);
  if (!schema.isStructSchema()) return [];
  return [...schema.structIterator()].flatMap(([name, member]) => {
    const { httpLabel, httpQuery, httpHeader, httpPayload } = member.getMergedTraits();
    if (httpLabel || httpQuery || httpHeader || httpPayload) return [];
    if (protocol === 'json' || protocol === 'rest-json') {
      return wrongTypes(member).map((value) => ({ [name]: value }));
    }
    return member.isNumericSchema() ? [{ [name]: 'x' }] : [];
  });
}
