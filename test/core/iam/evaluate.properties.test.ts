import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import { calls, documents, hiddenValues } from './iam-arbitraries.ts';
import { decideNaively, type NaiveCall, type NaiveStatement } from './naive-iam.ts';

function judgeOf(all: readonly (readonly NaiveStatement[])[]) {
  const parsed = all.map((Statement, number) => {
    const document = parseAccessDocument(`${number}`, { Statement });
    if (!document.ok) throw new Error(JSON.stringify(document.faults));
    return document.document;
  });
  return compileAccess(parsed);
}

function requestOf({ action, resource, keys }: NaiveCall) {
  return { action, resource, context: keys };
}

/** An implicit deny may hide an explicit one: nobody is allowed in either. */
const POSSIBLE = {
  allowed: ['allowed'],
  'explicitly-denied': ['explicitly-denied'],
  'implicitly-denied': ['implicitly-denied', 'explicitly-denied'],
  unknown: ['allowed', 'explicitly-denied', 'implicitly-denied'],
};

describe('compileAccess against a naive reading of the user guide', () => {
  it('decides as it does, by the same statement', () => {
    const seen = { allowed: 0, 'explicitly-denied': 0, 'implicitly-denied': 0 };

    fc.assert(
      fc.property(documents, fc.array(calls, { minLength: 1, maxLength: 4 }), (all, asked) => {
        const judge = judgeOf(all);
        for (const call of asked) {
          const expected = decideNaively(all, call);
          const decision = judge(requestOf(call));
          seen[expected.outcome] += 1;
          expect(decision.outcome).toBe(expected.outcome);
          if (expected.by !== undefined) {
            const [document, number] = expected.by;
            expect([decision.document, decision.statement]).toEqual([
              `${document}`,
              `#${number + 1}`,
            ]);
          }
        }
      }),
      { numRuns: 5000 },
    );

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(500);
  });

  it('is sure of nothing that a value nobody knows could change', () => {
    const hidden = fc.subarray(['lambda:vpcids', 'aws:principalarn', 'aws:principalaccount'], {
      minLength: 1,
    });
    const seen = { sure: 0, unknown: 0 };

    fc.assert(
      fc.property(documents, calls, hidden, fc.array(hiddenValues), (all, call, names, tried) => {
        const request = { ...requestOf(call), unknownKeys: new Set(names) };
        const { outcome } = judgeOf(all)(request);
        seen[outcome === 'unknown' ? 'unknown' : 'sure'] += 1;
        const really = tried.map((value) => {
          const revealed = Object.fromEntries(names.map((name) => [name, [value]]));
          return decideNaively(all, { ...call, keys: { ...call.keys, ...revealed } }).outcome;
        });
        expect(really.filter((one) => !POSSIBLE[outcome].includes(one))).toEqual([]);
      }),
      { numRuns: 3000 },
    );

    expect(Math.min(seen.sure, seen.unknown)).toBeGreaterThan(100);
  });

  it('explains each decision by values that the request holds', () => {
    fc.assert(
      fc.property(documents, calls, (all, call) => {
        const { key, value, operator, reason } = judgeOf(all)(requestOf(call));
        const held = key === undefined ? undefined : call.keys[key.toLowerCase()];
        expect(operator === undefined).toBe(key === undefined);
        if (value !== undefined) expect(held).toContain(value);
        else expect(held ?? []).toEqual([]);
        expect(reason).not.toContain('undefined');
      }),
      { numRuns: 2000 },
    );
  });
});
