import { describe, expect, it } from 'vitest';
import { findStatements } from '../../../lib/local/iam/statement-positions.ts';

describe('the positions of statements', () => {
  it('are those of their braces, counted from 1, the end exclusive', () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["sqs:*"], "Condition": { "Bool": { "a:b": "}" } } },
    {
      "Sid": "\\"Statement\\"", "Effect": "Deny"
    }
  ],
  "Id": "x"
}`;

    expect(findStatements(text)).toEqual([
      { StartPosition: { Line: 4, Column: 5 }, EndPosition: { Line: 4, Column: 88 } },
      { StartPosition: { Line: 5, Column: 5 }, EndPosition: { Line: 7, Column: 6 } },
    ]);
  });

  it('are found where one statement stands by itself', () => {
    expect(findStatements('{"Statement":{"Effect":"Allow"}}')).toEqual([
      { StartPosition: { Line: 1, Column: 14 }, EndPosition: { Line: 1, Column: 32 } },
    ]);
  });
});
