import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaTraitsObject } from '@smithy/types';
import { AwsFault } from './aws-fault.ts';
import type { WireAnswer, WireRequest } from './http.ts';
import { readJson, writeJson } from './json-body.ts';
import type { Operation, Service } from './operation.ts';
import type { Protocol } from './protocol.ts';
import { checkRequired } from './required.ts';

type Labels = Readonly<Record<string, string>>;
type Members = Record<string, unknown>;

/** AWS REST-JSON: labels in the path, members in query, headers and a JSON body. */
export const restJsonProtocol: Protocol = {
  route: (service, request) => {
    for (const operation of service.operations) {
      const labels = matchTarget(operation, request);
      if (labels !== undefined) {
        return { operation, readInput: () => readInput(operation, labels, request) };
      }
    }
    return undefined;
  },
  writeOutput: ({ operation, output, requestId }) => writeOutput(operation, output, requestId),
  writeFault: (fault: AwsFault, _service: Service, requestId: string) => ({
    status: fault.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': fault.code,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ ...fault.members, message: fault.message, Message: fault.message }),
  }),
};

function matchTarget(operation: Operation, request: WireRequest): Labels | undefined {
  const traits = operation.schema[3];
  const http = typeof traits === 'object' ? traits.http : undefined;
  if (http === undefined || http[0] !== request.method) return undefined;
  return matchPath(http[1], request.path);
}

function matchPath(template: string, path: string): Labels | undefined {
  const wanted = segments(template.split('?')[0] ?? '');
  const given = segments(path);
  if (given.length !== wanted.length) return undefined;
  const pairs = wanted.map((segment, index) => [segment, given[index] ?? ''] as const);
  if (pairs.some(([segment, value]) => !segment.startsWith('{') && segment !== value)) {
    return undefined;
  }
  return Object.fromEntries(
    pairs
      .filter(([segment]) => segment.startsWith('{'))
      .map(([segment, value]) => [segment.slice(1, -1), decodeSegment(value)]),
  );
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function segments(path: string): readonly string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}

async function readInput(
  operation: Operation,
  labels: Labels,
  request: WireRequest,
): Promise<Members> {
  const schema = NormalizedSchema.of(operation.schema[4]);
  const bound: Members = {};
  let hasPayload = false;
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.httpPayload) {
      hasPayload = true;
      bound[name] = request.body;
      continue;
    }
    const texts = boundTexts({ name, traits, labels, request });
    if (texts.length > 0) bound[name] = toSimple(name, member, texts);
  }
  const body = hasPayload ? {} : await readJson(operation.schema[4], request.body);
  const input = { ...body, ...bound };
  checkRequired(operation, input, 'rest-json');
  return input;
}

function boundTexts(from: {
  readonly name: string;
  readonly traits: { httpLabel?: 1; httpQuery?: string; httpHeader?: string };
  readonly labels: Labels;
  readonly request: WireRequest;
}): readonly string[] {
  const { name, traits, labels, request } = from;
  if (traits.httpLabel) return [labels[name]].filter((label) => label !== undefined);
  if (traits.httpQuery) return request.query.getAll(traits.httpQuery);
  const header = request.headers[traits.httpHeader?.toLowerCase() ?? ''];
  return header === undefined ? [] : [header].flat();
}

function toSimple(name: string, member: NormalizedSchema, texts: readonly string[]): unknown {
  const [text = ''] = texts;
  if (member.isListSchema()) return texts;
  if (member.isNumericSchema()) return toNumber(name, text);
  return member.isBooleanSchema() ? text === 'true' : text;
}

function toNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new AwsFault(`Could not parse the request: ${name} is '${text}', expected a number`, {
    code: 'SerializationException',
    status: 400,
  });
}

function writeOutput(operation: Operation, output: Members, requestId: string): WireAnswer {
  const schema = NormalizedSchema.of(operation.schema[5]);
  const parts = partOutput(schema, output);
  const traits = operation.schema[3];
  const status = parts.status ?? (typeof traits === 'object' ? (traits.http?.[2] ?? 200) : 200);
  const headers = { 'x-amzn-requestid': requestId, ...parts.headers };
  if (parts.payload !== undefined) return { status, headers, body: parts.payload };
  if (status === 204 || schema.isUnitSchema()) return { status, headers, body: '' };
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: writeJson(operation.schema[5], parts.body),
  };
}

interface OutputParts {
  status?: number;
  payload?: Uint8Array;
  readonly headers: Record<string, string>;
  readonly body: Members;
}

/** Sorts the members of an answer by where REST-JSON puts them. */
function partOutput(schema: NormalizedSchema, output: Members): OutputParts {
  const parts: OutputParts = { headers: {}, body: {} };
  if (schema.isUnitSchema()) return parts;
  for (const [name, member] of schema.structIterator()) {
    if (output[name] === undefined) continue;
    placeMember(parts, { name, value: output[name], traits: member.getMergedTraits() });
  }
  return parts;
}

function placeMember(
  parts: OutputParts,
  { name, value, traits }: { name: string; value: unknown; traits: SchemaTraitsObject },
): void {
  if (traits.httpPayload) parts.payload = value as Uint8Array;
  else if (traits.httpResponseCode) parts.status = Number(value);
  else if (traits.httpHeader) parts.headers[traits.httpHeader.toLowerCase()] = String(value);
  else parts.body[name] = value;
}
