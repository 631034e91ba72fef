import { describe, expect, it } from 'vitest';
import { DETACHED } from '../../../functions/core/attachment.ts';
import { accessDocumentsAllow } from '../../../functions/core/controls/access-documents-allow.ts';
import type { Inquiry } from '../../../functions/core/controls/control.ts';
import {
  createControlContext,
  evaluateControls,
  neededFacts,
} from '../../../functions/core/controls/evaluate-controls.ts';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import type { CompiledPolicy, ControlSettings } from '../../../functions/core/policy.ts';
import { snapshotOf } from '../../support/builders.ts';
import { policyOf } from '../../support/compiled-policy.ts';

function inquiryOf(policy: CompiledPolicy, facts: Inquiry['facts'] = {}): Inquiry {
  return {
    subject: {
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
      attachment: DETACHED,
      call: 'CreateFunction',
      hasCapacityProvider: false,
    },
    facts,
    context: createControlContext(policy),
  };
}

/** A policy in which only these controls are enabled. */
function policyWith(...ids: readonly string[]): CompiledPolicy {
  return policyOf({ controls: settingsOf((id) => ids.includes(id)) });
}

function settingsOf(isEnabled: (id: string) => boolean): Record<string, ControlSettings> {
  return Object.fromEntries(
    CONTROLS.map(({ id, defaults }) => [id, { ...defaults, enabled: isEnabled(id) }]),
  );
}

describe('evaluateControls', () => {
  it('answers every control with the severity that the policy gives it', () => {
    const settings = { ...accessDocumentsAllow.defaults, severity: 'low' } as const;
    const policy = policyOf({ controls: { ...settingsOf(() => false), 'LVG.1': settings } });

    expect(evaluateControls(inquiryOf(policy), policy)).toEqual([
      {
        controlId: 'LVG.1',
        severity: 'low',
        verdict: { status: 'not-applicable', reason: 'the policy names no access documents' },
      },
    ]);
  });

  it('falls back to the defaults of a control that the policy does not know', () => {
    const policy = policyOf({ controls: {} });

    expect(evaluateControls(inquiryOf(policy), policy)).toContainEqual(
      expect.objectContaining({ controlId: 'LVG.1', severity: 'high' }),
    );
  });

  it('asks no control that is switched off', () => {
    const policy = policyWith();

    expect(evaluateControls(inquiryOf(policy), policy)).toEqual([]);
  });

  it('asks no control of a scope that is not asked for', () => {
    const policy = policyWith('LVG.1', 'LVG.12');
    const inquiry = inquiryOf(policy, { snapshot: { value: snapshotOf() } });

    expect(controlIds(evaluateControls(inquiry, policy))).toEqual(['LVG.1', 'LVG.12']);
    expect(controlIds(evaluateControls(inquiry, policy, ['event']))).toEqual(['LVG.1']);
  });

  it('asks no control whose facts were not asked for', () => {
    const policy = policyWith('LVG.12');

    expect(evaluateControls(inquiryOf(policy), policy)).toEqual([]);
  });

  it('is unknown where a fact cannot be known', () => {
    const policy = policyWith('LVG.12');
    const inquiry = inquiryOf(policy, { snapshot: { unknown: 'nobody may read it' } });

    expect(evaluateControls(inquiry, policy)).toMatchObject([
      { controlId: 'LVG.12', verdict: { status: 'unknown', reason: 'nobody may read it' } },
    ]);
  });

  it('tells what a requirement is not about before it asks for facts', () => {
    const policy = policyWith('LVG.7');

    expect(evaluateControls(inquiryOf(policy), policy)).toMatchObject([
      { controlId: 'LVG.7', verdict: { status: 'not-applicable' } },
    ]);
  });
});

describe('neededFacts', () => {
  it('names what the enabled controls of some scopes need', () => {
    const policy = policyWith('LVG.1', 'LVG.7', 'LVG.10', 'LVG.12');

    expect(neededFacts(policy, ['event'])).toEqual(new Set());
    expect(neededFacts(policy, ['event', 'function'])).toEqual(new Set(['network', 'snapshot']));
    expect(neededFacts(policy, ['account'])).toEqual(new Set(['role']));
  });
});

describe('CONTROLS', () => {
  it('gives every control its own id, in order', () => {
    const numbers = CONTROLS.map(({ id }) => Number(id.replace('LVG.', '')));

    expect(numbers).toEqual([...new Set(numbers)].toSorted((left, right) => left - right));
  });

  it.each(CONTROLS)(
    '$id lets a policy ask for what it asks for by itself',
    ({ wishes, defaults }) => {
      const { onCreate, onChange, onFound } = defaults;

      expect(wishes).toEqual(expect.arrayContaining([onCreate, onChange, onFound]));
    },
  );
});

function controlIds(findings: ReturnType<typeof evaluateControls>): readonly string[] {
  return findings.map(({ controlId }) => controlId);
}
