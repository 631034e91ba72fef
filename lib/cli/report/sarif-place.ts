import { posix } from 'node:path';
import type { Location, LogicalLocation } from 'sarif';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { redact } from '../../../functions/core/redact.ts';

/** The policy of a repository, where a report does not name its own. */
const DEFAULT_POLICY = 'guardrail.yaml';

/** Where code scanning shows a finding: at the head of the policy, for a function has no line. */
export function toPlace(policyUri: string, functionArn: string): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: policyUri, uriBaseId: '%SRCROOT%' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    },
    logicalLocations: [toLogicalPlace(functionArn)],
  };
}

/** A function as code scanning names what is in no file. */
export function toLogicalPlace(functionArn: string): LogicalLocation {
  return {
    name: redact(functionNameOf(functionArn)),
    fullyQualifiedName: redact(functionArn),
    kind: 'resource',
  };
}

/**
 * The policy's file as a path of its repository.
 *
 * Of a file elsewhere its name alone, for the folders of a machine are nobody's business.
 */
export function toPolicyUri(file = DEFAULT_POLICY): string {
  const path = posix.normalize(file.replaceAll('\\', '/'));
  // A policy that comes along has no file here.
  if (!/\.(?:ya?ml|json)$/i.test(path)) return DEFAULT_POLICY;
  const isOutside = /^(?:[a-z]:|\/|\.\.\/)/i.test(path);
  const shown = isOutside ? posix.basename(path) : path;
  return shown
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
}
