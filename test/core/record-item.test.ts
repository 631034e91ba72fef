import { expect, it } from 'vitest';
import { newRecord } from '../../functions/core/record.ts';
import { parseRecord, recordKeyOf } from '../../functions/core/record-item.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';

it('a record has one place, and comes back as it was written', () => {
  const record = newRecord(ARN);

  expect(recordKeyOf(ARN)).toEqual({ pk: { S: `function#${ARN}` }, sk: { S: 'record' } });
  expect(parseRecord(JSON.stringify(record))).toStrictEqual(record);
  expect(parseRecord(undefined)).toBeUndefined();
});
