import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from './aws-fault.ts';
import { checkShape } from './check-shape.ts';
import type { WireAnswer } from './http.ts';
import type { Operation, Service } from './operation.ts';
import type { Protocol } from './protocol.ts';
import { readQueryBody } from './query-body.ts';
import { checkRequired } from './required.ts';

/** AWS query and EC2 query: a form body in, XML out. */
export const queryProtocol: Protocol = {
  route: (service, request) => {
    const body = new URLSearchParams(request.body.toString('utf8'));
    const name = body.get('Action') ?? request.query.get('Action');
    const operation = service.operations.find((candidate) => candidate.name === name);
    if (operation === undefined) return undefined;
    checkVersion(service, operation.name, body.get('Version'));
    return {
      operation,
      readInput: async () => {
        const schema = NormalizedSchema.of(operation.schema[4]);
        const input = readQueryBody(schema, body, service.protocol);
        checkShape(schema, input);
        checkRequired(operation, input, service.protocol);
        return input;
      },
    };
  },
  writeOutput: ({ service, operation, output, requestId }) => {
    const inner = toXml(operation, output);
    const name = operation.name;
    return xmlAnswer(
      200,
      service.protocol === 'ec2'
        ? `<${name}Response xmlns="${service.xmlNamespace}"><requestId>${requestId}</requestId>${inner}</${name}Response>`
        : `<${name}Response xmlns="${service.xmlNamespace}"><${name}Result>${inner}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    );
  },
  writeFault: (fault, service, requestId) =>
    service.protocol === 'ec2'
      ? xmlAnswer(fault.status, ec2Fault(fault, requestId))
      : writeQueryFault(fault, requestId),
};

/** Writes an error as the query protocol does, and the REST services of its age. */
export function writeQueryFault(fault: AwsFault, requestId: string): WireAnswer {
  return xmlAnswer(fault.status, queryFault(fault, requestId));
}

/** AWS: a request names the version of the API that it is written for, which its answers' namespace ends with. */
function checkVersion({ xmlNamespace }: Service, name: string, asked: string | null): void {
  const [version] = /\d{4}-\d{2}-\d{2}/.exec(xmlNamespace ?? '') ?? [];
  if (asked === null || asked === version) return;
  throw new AwsFault(`Could not find operation ${name} for version ${asked}`, {
    code: 'InvalidAction',
    status: 400,
  });
}

function toXml(operation: Operation, output: Record<string, unknown>): string {
  const schema = NormalizedSchema.of(operation.schema[5]);
  if (schema.isUnitSchema()) return '';
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: '',
    serviceNamespace: '',
  } as never);
  serializer.write(schema, output);
  return String(serializer.flush())
    .replace(/^<[^>]*?\/>$/, '')
    .replace(/^<[^>]+>/, '')
    .replace(/<\/[^>]+>$/, '');
}

function ec2Fault(fault: AwsFault, requestId: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;
}

function queryFault(fault: AwsFault, requestId: string): string {
  const type = fault.status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse><Error><Type>${type}</Type><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function escapeXml(text: string): string {
  // XML has no way to write most control characters.
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '?')
    .toWellFormed()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function xmlAnswer(status: number, body: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
