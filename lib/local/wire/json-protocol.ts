import { NormalizedSchema } from '@smithy/core/schema';
import { readJson, writeJson } from './json-body.ts';
import type { Protocol } from './protocol.ts';
import { checkRequired } from './required.ts';

/** AWS JSON 1.0 and 1.1: the operation in `x-amz-target`, everything else in a JSON body. */
export const jsonProtocol: Protocol = {
  route: (service, request) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const [prefix, name] = split(target);
    // AWS: some callers write the service's whole name before it, as the AWS CLI does for CloudTrail.
    const isOurs =
      service.target === undefined ||
      service.target === prefix ||
      prefix.endsWith(`.${service.target}`);
    const operation = service.operations.find((candidate) => isOurs && candidate.name === name);
    if (operation === undefined) return undefined;
    return {
      operation,
      readInput: async () => {
        const input = await readJson(operation.schema[4], request.body);
        checkRequired(operation, input, service.protocol);
        return input;
      },
    };
  },
  writeOutput: ({ service, operation, output, requestId }) => ({
    status: 200,
    headers: headersFor(service.jsonVersion, requestId),
    body: NormalizedSchema.of(operation.schema[5]).isUnitSchema()
      ? '{}'
      : writeJson(operation.schema[5], output),
  }),
  writeFault: (fault, service, requestId) => {
    const { QueryCode, Type: _query, ...members } = fault.members;
    return {
      status: fault.status,
      headers: {
        ...headersFor(service.jsonVersion, requestId),
        // AWS: SQS names its old query error codes here, which SDKs prefer over `__type`.
        ...(QueryCode === undefined ? {} : { 'x-amzn-query-error': `${QueryCode};Sender` }),
      },
      body: JSON.stringify({ __type: fault.code, message: fault.message, ...members }),
    };
  },
};

function split(target: string): readonly [string, string] {
  const dot = target.lastIndexOf('.');
  return [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)];
}

function headersFor(version: string | undefined, requestId: string): Record<string, string> {
  return {
    'content-type': `application/x-amz-json-${version ?? '1.0'}`,
    'x-amzn-requestid': requestId,
  };
}
