import { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from './aws-fault.ts';
import type { Operation, ProtocolName } from './operation.ts';

/** Refuses a request that lacks a member which the operation's schema requires. */
export function checkRequired(
  operation: Operation,
  input: Record<string, unknown>,
  protocol: ProtocolName,
): void {
  const schema = NormalizedSchema.of(operation.schema[4]).getSchema();
  if (!Array.isArray(schema) || schema[0] !== 3) return;
  const names = schema[4] as readonly string[];
  const count = Number(schema[6] ?? 0);
  const missing = names.slice(0, count).filter((name) => input[name] === undefined);
  const [first] = missing;
  if (first === undefined) return;
  throw protocol === 'ec2' ? missingParameter(first) : missingMembers(missing, protocol);
}

function missingParameter(name: string): AwsFault {
  return new AwsFault(`The request must contain the parameter ${toLowerCamel(name)}`, {
    code: 'MissingParameter',
    status: 400,
  });
}

function missingMembers(names: readonly string[], protocol: ProtocolName): AwsFault {
  const what = names.map(
    (name) =>
      `Value null at '${toLowerCamel(name)}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${names.length} validation error${names.length === 1 ? '' : 's'} detected`;
  return new AwsFault(`${count}: ${what.join('; ')}`, {
    code: protocol === 'query' ? 'ValidationError' : 'ValidationException',
    status: 400,
  });
}

function toLowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
