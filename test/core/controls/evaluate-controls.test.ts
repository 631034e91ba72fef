import { describe, expect, it } from 'vitest';
import { DETACHED } from '../../../functions/core/attachment.ts';
import { accessDocumentsAllow } from '../../../functions/core/controls/access-documents-allow.ts';
import type { Subject } from '../../../functions/core/controls/control.ts';
import {
  createControlContext,
  evaluateControls,
} from '../../../functions/core/controls/evaluate-controls.ts';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import { policyOf } from '../../support/compiled-policy.ts';

const SUBJECT: Subject = {
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
  attachment: DETACHED,
  call: 'CreateFunction',
  hasCapacityProvider: false,
};

describe('evaluateControls', () => {
  it('answers every control with the severity that the policy gives it', () => {
    const settings = { ...accessDocumentsAllow.defaults, severity: 'low' } as const;
    const policy = policyOf({ controls: { 'LVG.1': settings } });

    expect(evaluateControls(SUBJECT, policy, createControlContext(policy))).toEqual([
      {
        controlId: 'LVG.1',
        severity: 'low',
        verdict: { status: 'not-applicable', reason: 'the policy names no access documents' },
      },
    ]);
  });

  it('falls back to the defaults of a control that the policy does not know', () => {
    const policy = policyOf({ controls: {} });

    expect(evaluateControls(SUBJECT, policy, createControlContext(policy))).toMatchObject([
      { controlId: 'LVG.1', severity: 'high' },
    ]);
  });

  it('asks no control that is switched off', () => {
    const policy = policyOf({
      controls: { 'LVG.1': { ...accessDocumentsAllow.defaults, enabled: false } },
    });

    expect(evaluateControls(SUBJECT, policy, createControlContext(policy))).toEqual([]);
  });
});

describe('CONTROLS', () => {
  it('gives every control its own id', () => {
    expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(CONTROLS.length);
  });
});
