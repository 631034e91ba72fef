import type { AccessDocument } from '../../../functions/core/iam/document.ts';

/** A policy that allows everything: its text, and the parsed document. */
export function allowEverything(name: string): {
  readonly text: string;
  readonly document: AccessDocument;
} {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const everything = { isNot: false, patterns: ['*'] };
  return {
    text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2),
    document: {
      name,
      statements: [
        { id: '#1', effect: 'Allow', action: everything, resource: everything, conditions: [] },
      ],
    },
  };
}
