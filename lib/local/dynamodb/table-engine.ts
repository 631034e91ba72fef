import { Readable } from 'node:stream';
import type { StaticOperationSchema } from '@smithy/types';
import dynalite from 'dynalite';
import { AwsFault } from '../wire/aws-fault.ts';
import { readJson, writeJson } from '../wire/json-body.ts';

/** Performs one table operation: the emulator knows neither callers nor virtual time. */
export type TableEngine = (schema: StaticOperationSchema, input: object) => Promise<object>;

/** Creates an empty set of tables, kept in memory. */
export function createTableEngine(): TableEngine {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return async (schema, input) => {
    const body = writeJson(schema[4], input);
    const answer = await new Promise<Answer>((resolve) => {
      server.emit('request', toRequest(schema[2], body), toResponse(resolve));
    });
    if (answer.status >= 400) throw toFault(answer);
    // The emulator answers nothing, which is no JSON object, where it changes tags.
    return answer.body === '""' ? {} : readJson(schema[5], Buffer.from(answer.body));
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The emulator crashes on a request that is aborted: it only ever sees complete ones. */
function toRequest(operation: string, body: string): Readable {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20000101T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
  };
  const request = Readable.from([Buffer.from(body)], { objectMode: false });
  return Object.assign(request, { headers, method: 'POST', url: '/' });
}

/** The part of a server response that the emulator writes to. */
function toResponse(answered: (answer: Answer) => void): object {
  const response = {
    statusCode: 200,
    setHeader: () => response,
    end: (body = '') => answered({ status: response.statusCode, body }),
  };
  return response;
}

function toFault({ status, body }: Answer): AwsFault {
  const { __type: type, message } = parseFault(body);
  return new AwsFault(message, { code: type.slice(type.indexOf('#') + 1), status });
}

function parseFault(body: string): { readonly __type: string; readonly message: string } {
  const fault = JSON.parse(body) as { __type: string; message?: string; Message?: string };
  return { __type: fault.__type, message: fault.message ?? fault.Message ?? '' };
}
