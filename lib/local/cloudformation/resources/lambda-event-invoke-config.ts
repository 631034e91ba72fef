import { only, textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

const PLACE = ['FunctionName', 'Qualifier'];
const SETTINGS = ['DestinationConfig', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'];

/** AWS::Lambda::EventInvokeConfig. */
export const lambdaEventInvokeConfig: ResourceType = {
  name: 'AWS::Lambda::EventInvokeConfig',
  properties: {
    DestinationConfig: { OnFailure: { Destination: true }, OnSuccess: { Destination: true } },
    FunctionName: true,
    MaximumEventAgeInSeconds: true,
    MaximumRetryAttempts: true,
    Qualifier: true,
  },
  required: PLACE,
  attributes: [],
  replacedBy: PLACE,
  create: async (work, properties) => {
    await work.call(
      'lambda',
      'PutFunctionEventInvokeConfig',
      only(properties, [...PLACE, ...SETTINGS]),
    );
    const [name, qualifier] = PLACE.map((property) => textAt(properties, property));
    return { physicalId: `${name}|${qualifier}`, attributes: {} };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call(
      'lambda',
      'PutFunctionEventInvokeConfig',
      only(properties, [...PLACE, ...SETTINGS]),
    );
    return { physicalId, attributes };
  },
  remove: async (work, { properties }) => {
    await work.call('lambda', 'DeleteFunctionEventInvokeConfig', only(properties, PLACE));
  },
};
