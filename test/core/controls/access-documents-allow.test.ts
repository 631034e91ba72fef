import { describe, expect, it } from 'vitest';
import { accessDocumentsAllow } from '../../../functions/core/controls/access-documents-allow.ts';
import type { AttachmentCall } from '../../../functions/core/controls/control.ts';
import { createControlContext } from '../../../functions/core/controls/evaluate-controls.ts';
import cases from '../../cases/lvg-1.json' with { type: 'json' };
import { documentsOf } from '../../support/access-documents.ts';
import { policyOf } from '../../support/compiled-policy.ts';

describe('LVG.1: the access documents allow this attachment', () => {
  it.each(cases)('is $expected.status: $name', ({ documents, subject, expected }) => {
    const context = createControlContext(policyOf({ access: documentsOf(...documents) }));
    const call: AttachmentCall =
      subject.call === 'CreateFunction' ? 'CreateFunction' : 'UpdateFunctionConfiguration';
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

    const inquiry = { subject: { ...subject, call, functionArn }, facts: {}, context };
    const verdict = accessDocumentsAllow.judge(inquiry, {});

    expect(verdict).toEqual(expected);
  });

  it('acts on creates and changes, and only tells of what it finds', () => {
    expect(accessDocumentsAllow).toMatchObject({
      id: 'LVG.1',
      scope: 'event',
      defaults: {
        enabled: true,
        severity: 'high',
        onCreate: 'quarantine',
        onChange: 'revert',
        onFound: 'notify',
        contain: false,
      },
    });
  });
});
