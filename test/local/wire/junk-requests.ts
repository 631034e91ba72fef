import { QueryShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Operation, Service } from '../../../lib/local/wire/operation.ts';
import type { RawRequest } from './send.ts';

type Members = Readonly<Record<string, unknown>>;

/** A call of an operation with any input, as the service's protocol carries it. */
export function toRequest(service: Service, operation: Operation, input: Members): RawRequest {
  switch (service.protocol) {
    case 'json':
      return {
        service: service.name,
        headers: { 'x-amz-target': `${service.target}.${operation.name}` },
        body: JSON.stringify(input),
      };
    case 'query':
    case 'ec2':
      return {
        service: service.name,
        body: `Action=${operation.name}&${toForm(service, operation, input)}`,
      };
    case 'rest-json':
      return toRest(service, operation, input);
  }
}

function toForm(service: Service, operation: Operation, input: Members): string {
  const serializer = new QueryShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    ...(service.protocol === 'ec2'
      ? { capitalizeKeys: true, flattenLists: true, serializeEmptyLists: false, ec2: true }
      : { serializeEmptyLists: true }),
  } as never);
  serializer.write(NormalizedSchema.of(operation.schema[4]), input);
  return String(serializer.flush()).replace(/^&/, '');
}

interface Rest {
  path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
}

function toRest(service: Service, operation: Operation, input: Members): RawRequest {
  const { method, path } = toEndpoint(operation);
  const rest: Rest = { path, query: new URLSearchParams(), headers: {}, body: {} };
  for (const [name, member] of NormalizedSchema.of(operation.schema[4]).structIterator()) {
    if (member.getMergedTraits().httpLabel) putLabel(rest, name, input[name]);
    else if (input[name] !== undefined) putMember(rest, member, { name, value: input[name] });
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return {
    service: service.name,
    method,
    path: rest.query.size === 0 ? rest.path : `${rest.path}?${rest.query}`,
    headers: rest.headers,
    ...(hasBody ? { body: JSON.stringify(rest.body) } : {}),
  };
}

function toEndpoint({ schema }: Operation): { readonly method: string; readonly path: string } {
  const traits = schema[3];
  const [method, template] = (typeof traits === 'object' && traits.http) || ['POST', '/'];
  const [path = '/'] = template.split('?');
  return { method, path };
}

function putLabel(rest: Rest, name: string, value: unknown): void {
  rest.path = rest.path.replace(new RegExp(`{${name}\\+?}`), encodeURIComponent(toText(value)));
}

function putMember(
  { query, headers, body }: Rest,
  member: NormalizedSchema,
  { name, value }: { readonly name: string; readonly value: unknown },
): void {
  const { httpQuery, httpHeader, httpPayload } = member.getMergedTraits();
  // The client writes its own length, and no payload of junk.
  if (httpPayload || httpHeader === 'Content-Length') return;
  if (httpQuery) query.set(httpQuery, toText(value));
  else if (httpHeader) headers[httpHeader] = encodeURIComponent(toText(value)).slice(0, 1000);
  else body[name] = value;
}

/** A path holds neither nothing nor everything: Node takes 16 KB of it. */
function toText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? 'x');
  return text === '' ? 'x' : text.toWellFormed().slice(0, 2000);
}
