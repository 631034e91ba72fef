import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import {
  type AccessRequest,
  compileAccess,
  hasAllowFor,
} from '../../../functions/core/iam/evaluate.ts';
import {
  type Exported,
  type ExportOptions,
  exportAccess,
} from '../../../lib/policy/export/export-access.ts';
import { documentOf } from '../../support/access-documents.ts';
import { accessDocuments, accessRequest } from './arbitrary-access.ts';

const OPTIONS: ExportOptions = { as: 'scp', exceptPrincipals: ['arn:aws:iam::*:role/guardrail'] };
const CARVED_OUT = /role\/(guardrail$|aws-service-role\/)/;
const requests = fc.array(accessRequest, { minLength: 30, maxLength: 30 });

/** What the policy denies: calls that no Allow is about are nobody's business. */
function createPolicy(documents: readonly AccessDocument[]): (request: AccessRequest) => boolean {
  const judge = compileAccess(documents);
  return (request) => {
    const { outcome } = judge(request);
    const isImplicit = outcome === 'implicitly-denied' && hasAllowFor(documents, request.action);
    return isCall(request) && (outcome === 'explicitly-denied' || isImplicit);
  };
}

function createPrevention({ documents }: Exported): (request: AccessRequest) => boolean {
  const judge = compileAccess(
    documents.map(({ name, json }) => documentOf(JSON.parse(json), name)),
  );
  return (request) => judge(request).outcome === 'explicitly-denied';
}

function isCall({ action }: AccessRequest): boolean {
  return action !== 'lambda:PublishVersion';
}

function isCarvedOut({ context }: AccessRequest): boolean {
  return CARVED_OUT.test(context['aws:principalarn']?.[0] ?? '');
}

describe('exportAccess', () => {
  it('denies only what the policy denies, and all of it where it is exact', () => {
    fc.assert(
      fc.property(accessDocuments, requests, (documents, calls) => {
        const exported = exportAccess(documents, OPTIONS);
        const policy = createPolicy(documents);
        const prevention = createPrevention(exported);

        const meant = calls.filter((each) => !isCarvedOut(each));
        const wronglyDenied = meant.filter((call) => prevention(call) && !policy(call));
        const missed = meant.filter((call) => policy(call) && !prevention(call));
        expect(wronglyDenied).toEqual([]);
        if (exported.exact) expect(missed).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('never denies who is carved out', () => {
    fc.assert(
      fc.property(accessDocuments, requests, (documents, calls) => {
        const prevention = createPrevention(
          exportAccess(documents, { ...OPTIONS, as: 'iam', regions: ['us-east-1'] }),
        );

        for (const call of calls.filter(isCarvedOut)) expect(prevention(call)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('denies the two calls, and no others, in regions without a guardrail', () => {
    fc.assert(
      fc.property(accessDocuments, requests, (documents, calls) => {
        const options: ExportOptions = { ...OPTIONS, regions: ['us-east-1'] };
        const elsewhere = createPrevention(exportAccess(documents, options));
        const here = createPrevention(exportAccess(documents, OPTIONS));

        for (const call of calls.filter((each) => !isCarvedOut(each))) {
          const isElsewhere = isCall(call) && call.resource.includes(':eu-west-1:');
          expect(elsewhere(call)).toBe(here(call) || isElsewhere);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says the same in both forms, in statements with ids of their own, each time it is asked', () => {
    fc.assert(
      fc.property(accessDocuments, (documents) => {
        const [scp, iam] = (['scp', 'iam'] as const).map((as) =>
          exportAccess(documents, { ...OPTIONS, as }),
        );
        const sids = statementsOf(scp).map(({ Sid }) => Sid);

        expect(byId(scp)).toEqual(byId(iam));
        expect(exportAccess(documents, OPTIONS)).toEqual(scp);
        expect(new Set(sids).size).toBe(sids.length);
        for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('says why wherever it is not exact', () => {
    fc.assert(
      fc.property(accessDocuments, (documents) => {
        const { exact, leftOut } = exportAccess(documents, OPTIONS);

        expect(exact).toBe(leftOut.length === 0);
        for (const { document, statement, why } of leftOut) {
          const named = documents.find(({ name }) => name === document);
          expect(named?.statements.map(({ id }) => id)).toContain(statement);
          expect(why).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});

function byId(exported: Exported | undefined): readonly object[] {
  return statementsOf(exported).toSorted((left, right) => (left.Sid < right.Sid ? -1 : 1));
}

function statementsOf(exported: Exported | undefined): readonly { readonly Sid: string }[] {
  return (exported?.documents ?? []).flatMap(
    ({ json }): readonly { readonly Sid: string }[] => JSON.parse(json).Statement,
  );
}
