import type { JsonObject } from '../json-value.ts';
import { objectAt, objectsAt, only, textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

const PLACE = ['FunctionName', 'Name'];

/** AWS::Lambda::Alias. */
export const lambdaAlias: ResourceType = {
  name: 'AWS::Lambda::Alias',
  properties: {
    Description: true,
    FunctionName: true,
    FunctionVersion: true,
    Name: true,
    RoutingConfig: { AdditionalVersionWeights: { FunctionVersion: true, FunctionWeight: true } },
  },
  required: ['FunctionName', 'FunctionVersion', 'Name'],
  attributes: ['AliasArn'],
  replacedBy: PLACE,
  create: async (work, properties) => {
    const { AliasArn } = await work.call<{ AliasArn: string }>('lambda', 'CreateAlias', {
      ...only(properties, PLACE),
      ...settingsOf(properties),
    });
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('lambda', 'UpdateAlias', {
      ...only(properties, PLACE),
      ...settingsOf(properties),
    });
    return { physicalId, attributes };
  },
  remove: async (work, { properties }) => {
    await work.call('lambda', 'DeleteAlias', only(properties, PLACE));
  },
};

/** What the template no longer names is set back. */
function settingsOf(properties: JsonObject): JsonObject {
  const weights = objectsAt(
    objectAt(properties, 'RoutingConfig') ?? {},
    'AdditionalVersionWeights',
  ).map((weight) => [textAt(weight, 'FunctionVersion') ?? '', weight['FunctionWeight']]);
  return {
    FunctionVersion: properties['FunctionVersion'],
    Description: properties['Description'] ?? '',
    RoutingConfig: { AdditionalVersionWeights: Object.fromEntries(weights) },
  };
}
