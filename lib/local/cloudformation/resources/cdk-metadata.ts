import type { ResourceType } from '../resource-type.ts';

/** AWS::CDK::Metadata, which stands for nothing. */
export const cdkMetadata: ResourceType = {
  name: 'AWS::CDK::Metadata',
  properties: { Analytics: true },
  required: [],
  attributes: [],
  replacedBy: [],
  create: async (work) => ({ physicalId: work.newName(128), attributes: {} }),
  update: async (_work, _properties, { physicalId }) => ({ physicalId, attributes: {} }),
  remove: async () => {},
};
