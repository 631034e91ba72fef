import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../functions/core/order.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/fixtures/cloudtrail/', import.meta.url));
const isThere = existsSync(FOLDER);
const records = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const why = isThere ? '' : ' (skipped: the folder with the records is not there)';

function bodyOf(name: string): string {
  const record: unknown = JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8'));
  const isEnvelope = typeof record === 'object' && record !== null && 'detail' in record;
  if (isEnvelope) return JSON.stringify(record);
  const outer = { source: 'aws.lambda', 'detail-type': 'AWS API Call via CloudTrail' };
  return JSON.stringify({ ...outer, detail: record });
}

describe('parseMessage on real CloudTrail records', () => {
  it.skipIf(!isThere)(`reads every one as an order or ignores it with a reason${why}`, () => {
    const outcomes = Object.fromEntries(
      records.map((name) => {
        const parsed = parseMessage(bodyOf(name));
        const summary = {
          order: () => (parsed.status === 'order' ? parsed.order.functionArn : ''),
          ignored: () => (parsed.status === 'ignored' ? parsed.reason : ''),
          network: () => (parsed.status === 'network' ? parsed.order.change.resourceId : ''),
          malformed: () => (parsed.status === 'malformed' ? parsed.faults.join('; ') : ''),
        };
        return [name, `${parsed.status}: ${summary[parsed.status]()}`];
      }),
    );

    expect(outcomes).toMatchObject({
      'cloudtrail-watcher-CreateFunction.json':
        'order: arn:aws:lambda:ap-northeast-2:000000000000:function:cloudtrailwatcher-000000000000',
      'custodian-event-cloud-trail-appelb-add-tags.json':
        'ignored: source `aws.elasticloadbalancing` is not watched',
      'custodian-event-cloud-trail-catalog-put-resource-policy.json':
        'ignored: source `aws.glue` is not watched',
      'custodian-event-cloud-trail-create-bucket.json': 'ignored: source `aws.s3` is not watched',
      'fivexl-UpdateFunctionCode20150331v2-assumed-role-1.json':
        'ignored: the record names no function',
      'fivexl-UpdateFunctionConfiguration20150331v2-assumed-role-2.json':
        'ignored: the record names no function',
      'stratus-AddPermission.json': 'ignored: event `AddPermission20150331v2` is not watched',
      'stratus-UpdateFunctionCode-publish-true.json':
        'order: arn:aws:lambda:ap-westeast-2r:266106314375:function:stratus-red-team-olc-func-vayhjqkdav',
      'stratus-UpdateFunctionConfiguration-full-arn-name.json':
        'order: arn:aws:lambda:eugov-eastcentral-1r:712967571683:function:stratus-red-team-lambda-layer-simpleLambda',
    });
    expect(Object.values(outcomes).filter((outcome) => outcome.startsWith('malformed'))).toEqual(
      [],
    );
  });
});
