import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type AccountCore, perform, toFault } from '../account-core.ts';
import { findCaller } from '../identity/principals.ts';
import type { SideDoor } from '../server.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { parseCredentialScope, type WireRequest } from '../wire/http.ts';
import type { Service } from '../wire/operation.ts';
import type { StoredObject } from './buckets.ts';
import { readChunkedBody } from './chunked-body.ts';

/** Serves S3's REST protocol in path style: `/bucket/key`. */
export function createS3Door(core: AccountCore, service: Service): SideDoor {
  return async (request, response) => {
    const scope = parseCredentialScope(request);
    if (scope?.service !== service.name) return false;
    const requestId = randomUUID();
    response.setHeader('x-amz-request-id', requestId);
    try {
      const output = await callS3(core, service, { request, requestId, ...scope });
      sendOutput(response, request.method, output);
    } catch (error) {
      const fault = toFault(error);
      if (fault.connection !== undefined) throw fault;
      sendFault(response, request, { fault, requestId });
    }
    return true;
  };
}

async function callS3(
  core: AccountCore,
  service: Service,
  from: {
    readonly request: WireRequest;
    readonly requestId: string;
    readonly accessKeyId: string;
  },
): Promise<Partial<StoredObject>> {
  const { request, requestId, accessKeyId } = from;
  const place = parsePlace(request.path);
  const name = OPERATIONS.get(`${request.method} ${place.Key === '' ? 'bucket' : 'object'}`);
  const operation = service.operations.find((candidate) => candidate.name === name);
  if (operation === undefined || hasSubresource(request)) {
    throw new AwsFault('A header you provided implies functionality that is not implemented', {
      code: 'NotImplemented',
      status: 501,
    });
  }
  const caller = findCaller(core.principals, accessKeyId);
  if (caller === undefined) {
    throw new AwsFault('The AWS Access Key Id you provided does not exist in our records.', {
      code: 'InvalidAccessKeyId',
      status: 403,
    });
  }
  const Body = readBody(request);
  const ContentType = request.headers['content-type'] ?? 'binary/octet-stream';
  const userAgent = String(request.headers['user-agent'] ?? '');
  return perform(core, {
    service,
    operation,
    input: { ...place, Body, ContentType },
    caller,
    userAgent,
    requestId,
  });
}

const OPERATIONS = new Map([
  ['PUT bucket', 'CreateBucket'],
  ['HEAD bucket', 'HeadBucket'],
  ['PUT object', 'PutObject'],
  ['GET object', 'GetObject'],
  ['HEAD object', 'HeadObject'],
  ['DELETE object', 'DeleteObject'],
]);

function parsePlace(path: string): { readonly Bucket: string; readonly Key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decode(path)) ?? [];
  return { Bucket: bucket, Key: key };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AwsFault("Couldn't parse the specified URI.", {
      cause,
      code: 'InvalidURI',
      status: 400,
    });
  }
}

function hasSubresource({ query }: WireRequest): boolean {
  return [...query.keys()].some((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
}

function readBody({ body, headers }: WireRequest): Buffer {
  const isChunked = String(headers['content-encoding'] ?? '').includes('aws-chunked');
  return isChunked ? readChunkedBody(body) : body;
}

function sendOutput(
  response: ServerResponse,
  method: string,
  { body, contentType, etag, modifiedAtMs }: Partial<StoredObject>,
): void {
  if (etag !== undefined) response.setHeader('etag', etag);
  if (method === 'DELETE') {
    response.writeHead(204).end();
    return;
  }
  if (body === undefined || method === 'PUT') {
    response.writeHead(200).end();
    return;
  }
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': body.length,
    'last-modified': new Date(modifiedAtMs ?? 0).toUTCString(),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function sendFault(
  response: ServerResponse,
  { method }: WireRequest,
  { fault, requestId }: { readonly fault: AwsFault; readonly requestId: string },
): void {
  response.writeHead(fault.status, { 'content-type': 'application/xml' });
  const text = fault.message.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  response.end(
    method === 'HEAD'
      ? undefined
      : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${fault.code}</Code><Message>${text}</Message><RequestId>${requestId}</RequestId></Error>`,
  );
}
