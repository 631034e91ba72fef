import { describe, expect, it } from 'vitest';
import { exemptionNotice } from '../../../functions/core/notices/exemption-notice.ts';
import {
  toChatMessage,
  toFindingsMessage,
  toMailText,
} from '../../../functions/core/render-notice.ts';
import { NOW_MS } from '../../support/builders.ts';

const exemption = {
  id: 'exemption-1',
  functions: ['legacy-*'],
  controls: ['LVG.1', 'LVG.3'],
  owner: 'payments',
  reason: 'a migration',
  expires: '2026-11-25',
  includeNew: false,
};
const notice = exemptionNotice(exemption, {
  account: '123456789012',
  region: 'us-east-1',
  nowMs: NOW_MS,
});

describe('exemptionNotice', () => {
  it('says what ends when, who answers for it, and what comes then', () => {
    expect(notice).toMatchObject({
      kind: 'exemption',
      owner: 'payments',
      subject: '[exemption] ends on 2026-11-25: LVG.1, LVG.3 on legacy-*',
      findings: [],
    });
    expect(notice.text).toContain('ends in 4 days, with the end of 2026-11-25 (UTC)');
    expect(notice.text).toContain('payments answers for it: a migration.');
    expect(notice.text).toContain('by the next sweep or rescan');
    expect(notice.text).toContain('is only told by default');
  });

  it('counts days that have begun', () => {
    const tell = (nowMs: number) =>
      exemptionNotice(exemption, { account: '123456789012', region: 'us-east-1', nowMs }).text;

    expect(tell(Date.UTC(2026, 10, 25, 23))).toContain('ends in 1 day, with');
    expect(tell(Date.UTC(2026, 10, 24, 23))).toContain('ends in 2 days, with');
  });

  it('tells machines what it says', () => {
    const machine = JSON.parse(JSON.parse(toFindingsMessage(notice)).default);
    const { id: _, includeNew: __, ...facts } = exemption;

    expect(machine.exemption).toEqual({ account: '123456789012', region: 'us-east-1', ...facts });
  });

  it('is about no single function, in every form', () => {
    const machine = JSON.parse(JSON.parse(toFindingsMessage(notice)).default);

    expect(machine).not.toHaveProperty('functionArn');
    expect(toMailText(notice)).not.toContain('Function:');
    expect(JSON.parse(toChatMessage(notice)).metadata).toMatchObject({
      relatedResources: [],
      additionalContext: { owner: 'payments' },
    });
  });
});
