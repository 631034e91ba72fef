import { textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::Logs::LogGroup. */
export const logsLogGroup: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: { LogGroupName: true, RetentionInDays: true },
  required: [],
  attributes: ['Arn'],
  replacedBy: ['LogGroupName'],
  nameProperty: 'LogGroupName',
  create: async (work, properties) => {
    const name = textAt(properties, 'LogGroupName') ?? work.newName(512);
    await work.call('logs', 'CreateLogGroup', { logGroupName: name });
    const made = { physicalId: name, attributes: { Arn: arnOf(work, name) } };
    work.exists(made);
    await setRetention(work, name, properties['RetentionInDays']);
    return made;
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await setRetention(work, physicalId, properties['RetentionInDays']);
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('logs', 'DeleteLogGroup', { logGroupName: physicalId });
  },
};

async function setRetention(work: ResourceWork, name: string, days: unknown): Promise<void> {
  await (days === undefined
    ? work.call('logs', 'DeleteRetentionPolicy', { logGroupName: name })
    : work.call('logs', 'PutRetentionPolicy', { logGroupName: name, retentionInDays: days }));
}

function arnOf({ accountId, region }: ResourceWork, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`;
}
