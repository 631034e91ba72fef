import { randomUUID } from 'node:crypto';
import { type AccountCore, perform, type Request, toFault } from './account-core.ts';
import { holdRequest } from './faults/held-requests.ts';
import { findSigned, type Signed } from './identity/signed-caller.ts';
import { AwsFault } from './wire/aws-fault.ts';
import { parseCredentialScope, type WireAnswer, type WireRequest } from './wire/http.ts';
import type { Service } from './wire/operation.ts';
import { PROTOCOLS } from './wire/protocol.ts';
import { writeQueryFault } from './wire/query-protocol.ts';

/** Answers a request to one of the account's services, whichever it was signed for. */
export async function serveAws(core: AccountCore, request: WireRequest): Promise<WireAnswer> {
  const scope = parseCredentialScope(request);
  const service = scope === undefined ? undefined : core.services.get(scope.service);
  if (scope === undefined) {
    throw new AwsFault('Request is missing Authentication Token', {
      code: 'MissingAuthenticationToken',
      status: 400,
    });
  }
  if (service === undefined) return answerUnknown(core, request, scope.service);
  return serveOperation(core, { service, request, accessKeyId: scope.accessKeyId });
}

/** In the form that the service's clients read. */
function answerUnknown({ services }: AccountCore, request: WireRequest, asked: string): WireAnswer {
  const message = `the local account has no service \`${asked}\`: it has ${[...services.keys()].sort().join(', ')}`;
  if (!REST_XML.has(asked) && actionOf(request) === null) {
    throw new AwsFault(message, { code: 'UnknownOperationException', status: 400 });
  }
  const fault = new AwsFault(message, { code: 'InvalidAction', status: 400 });
  return writeQueryFault(fault, randomUUID());
}

/** Signing names of services whose requests do not show that they are answered in XML; S3 has a door of its own. */
const REST_XML: ReadonlySet<string> = new Set(['route53', 'cloudfront']);

function actionOf({ body, query }: WireRequest): string | null {
  return new URLSearchParams(body.toString('utf8')).get('Action') ?? query.get('Action');
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
    const signed = findSigned(core, request, accessKeyId);
    if (signed.kind !== 'caller') throw badToken(service, signed);
    const output = await performHeld(core, {
      service,
      operation: routed.operation,
      input: await routed.readInput(),
      caller: signed.caller,
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
    request.headers['x-amz-target'] ?? actionOf(request) ?? `${request.method} ${request.path}`;
  return new AwsFault(`the local account does not offer \`${asked}\` of ${service.name}`, {
    code:
      service.protocol === 'rest-json' || service.protocol === 'json'
        ? 'UnknownOperationException'
        : 'InvalidAction',
    status: 400,
  });
}

function badToken(service: Service, { kind }: Signed): AwsFault {
  if (kind === 'expired') return expiredToken(service);
  const isQuery = service.protocol === 'query' || service.protocol === 'ec2';
  return new AwsFault('The security token included in the request is invalid.', {
    code: isQuery ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
    status: 403,
  });
}

/** AWS: each protocol has its own word for it. */
function expiredToken({ protocol }: Service): AwsFault {
  if (protocol === 'ec2') {
    return new AwsFault('Request has expired.', { code: 'RequestExpired', status: 400 });
  }
  return new AwsFault('The security token included in the request is expired', {
    code: protocol === 'query' ? 'ExpiredToken' : 'ExpiredTokenException',
    status: protocol === 'json' ? 400 : 403,
  });
}
