import { randomUUID } from 'node:crypto';
import { type AccountCore, perform, type Request, toFault } from './account-core.ts';
import { holdRequest } from './faults/held-requests.ts';
import { findCaller } from './identity/principals.ts';
import { AwsFault } from './wire/aws-fault.ts';
import { parseCredentialScope, type WireAnswer, type WireRequest } from './wire/http.ts';
import type { Service } from './wire/operation.ts';
import { PROTOCOLS } from './wire/protocol.ts';

/** Answers a request to one of the account's services, whichever it was signed for. */
export async function serveAws(core: AccountCore, request: WireRequest): Promise<WireAnswer> {
  const scope = parseCredentialScope(request);
  const service = scope === undefined ? undefined : core.services.get(scope.service);
  if (scope === undefined || service === undefined) {
    throw new AwsFault(
      scope === undefined
        ? 'Request is missing Authentication Token'
        : `the local account has no service \`${scope.service}\`: it has ${[...core.services.keys()].sort().join(', ')}`,
      {
        code: scope === undefined ? 'MissingAuthenticationToken' : 'UnknownOperationException',
        status: 400,
      },
    );
  }
  return serveOperation(core, { service, request, accessKeyId: scope.accessKeyId });
}

async function serveOperation(
  core: AccountCore,
  from: { readonly service: Service; readonly request: WireRequest; readonly accessKeyId: string },
): Promise<WireAnswer> {
  const { service, request, accessKeyId } = from;
  const protocol = PROTOCOLS[service.protocol];
  const requestId = randomUUID();
  try {
    const routed = protocol.route(service, request);
    if (routed === undefined) throw unknownOperation(service, request);
    const caller = findCaller(core.principals, accessKeyId);
    if (caller === undefined) throw invalidToken(service);
    const output = await performHeld(core, {
      service,
      operation: routed.operation,
      input: await routed.readInput(),
      caller,
      requestId,
      ...readHeaders(request),
    });
    return protocol.writeOutput({ service, operation: routed.operation, output, requestId });
  } catch (error) {
    const fault = toFault(error);
    if (fault.connection !== undefined) throw fault;
    return protocol.writeFault(fault, service, requestId);
  }
}

/** Whoever invokes a function waits for whatever the function waits for. */
async function performHeld(core: AccountCore, request: Request): Promise<Record<string, unknown>> {
  if (request.operation.name !== 'Invoke') return perform(core, request);
  const release = holdRequest(core.heldRequests, request.caller.accessKeyId);
  try {
    return await perform(core, request);
  } finally {
    release();
  }
}

function readHeaders({
  headers,
}: WireRequest): Pick<Request, 'userAgent' | 'traceHeader' | 'attempt'> {
  const traceHeader = headers['x-amzn-trace-id'];
  const [, attempt] = /attempt=(\d+)/.exec(String(headers['amz-sdk-request'] ?? '')) ?? [];
  return {
    userAgent: String(headers['user-agent'] ?? ''),
    ...(traceHeader === undefined ? {} : { traceHeader: String(traceHeader) }),
    ...(attempt === undefined || attempt === '1' ? {} : { attempt: Number(attempt) }),
  };
}

function unknownOperation(service: Service, request: WireRequest): AwsFault {
  const asked =
    request.headers['x-amz-target'] ??
    new URLSearchParams(request.body.toString('utf8')).get('Action') ??
    `${request.method} ${request.path}`;
  return new AwsFault(`the local account does not offer \`${asked}\` of ${service.name}`, {
    code:
      service.protocol === 'rest-json' || service.protocol === 'json'
        ? 'UnknownOperationException'
        : 'InvalidAction',
    status: 400,
  });
}

function invalidToken(service: Service): AwsFault {
  const isQuery = service.protocol === 'query' || service.protocol === 'ec2';
  return new AwsFault('The security token included in the request is invalid.', {
    code: isQuery ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
    status: 403,
  });
}
