import type { StaticListSchema } from '@smithy/types';
import { NUMBER, operationSchema, STRING, STRING_MAP, structure } from '../wire/own-schema.ts';

const named = { logGroupName: STRING };

const logGroup = structure('LogGroup', {
  optional: { ...named, arn: STRING, creationTime: NUMBER, retentionInDays: NUMBER },
});
const logGroups: StaticListSchema = [1, 'local', 'LogGroups', 0, logGroup];

/** CloudWatch Logs' operations on log groups. */
export const LOG_SCHEMAS = {
  createLogGroup: operationSchema('CreateLogGroup', {
    input: structure('CreateLogGroupRequest', {
      required: named,
      optional: { logGroupClass: STRING, tags: STRING_MAP },
    }),
  }),
  putRetentionPolicy: operationSchema('PutRetentionPolicy', {
    input: structure('PutRetentionPolicyRequest', {
      required: { ...named, retentionInDays: NUMBER },
    }),
  }),
  deleteRetentionPolicy: operationSchema('DeleteRetentionPolicy', {
    input: structure('DeleteRetentionPolicyRequest', { required: named }),
  }),
  deleteLogGroup: operationSchema('DeleteLogGroup', {
    input: structure('DeleteLogGroupRequest', { required: named }),
  }),
  describeLogGroups: operationSchema('DescribeLogGroups', {
    input: structure('DescribeLogGroupsRequest', {
      optional: { logGroupNamePrefix: STRING, nextToken: STRING, limit: NUMBER },
    }),
    output: structure('DescribeLogGroupsResponse', {
      optional: { logGroups, nextToken: STRING },
    }),
  }),
};
