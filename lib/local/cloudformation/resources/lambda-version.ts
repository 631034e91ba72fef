import { only, textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { untilReady } from './lambda-function-settings.ts';

const PROPERTIES = ['CodeSha256', 'Description', 'FunctionName'];

/** AWS::Lambda::Version: what `$LATEST` is when it is made. */
export const lambdaVersion: ResourceType = {
  name: 'AWS::Lambda::Version',
  properties: { CodeSha256: true, Description: true, FunctionName: true },
  required: ['FunctionName'],
  attributes: ['FunctionArn', 'Version'],
  replacedBy: PROPERTIES,
  create: async (work, properties) => {
    await untilReady(work, textAt(properties, 'FunctionName') ?? '');
    const { FunctionArn, Version } = await work.call<{ FunctionArn: string; Version: string }>(
      'lambda',
      'PublishVersion',
      only(properties, PROPERTIES),
    );
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },
  update: async (_work, _properties, { physicalId, attributes }) => ({ physicalId, attributes }),
  remove: async (work, { properties, attributes: { Version: Qualifier } }) => {
    await work.call('lambda', 'DeleteFunction', {
      ...only(properties, ['FunctionName']),
      Qualifier,
    });
  },
};
