import { zipSync } from 'fflate';
import { isEqual, type JsonObject, toText } from '../json-value.ts';
import { objectAt, only, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { applyConcurrency, applyTags, untilReady } from './lambda-function-settings.ts';
import { tagsOf } from './tags.ts';

/** What is given back where a template no longer names a setting. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  Handler: undefined,
  Layers: [],
  LoggingConfig: { LogFormat: 'Text' },
  MemorySize: 128,
  Role: undefined,
  Runtime: undefined,
  SnapStart: { ApplyOn: 'None' },
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
};

/** AWS::Lambda::Function. */
export const lambdaFunction: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: {
    Architectures: true,
    Code: { ImageUri: true, S3Bucket: true, S3Key: true, ZipFile: true },
    DeadLetterConfig: { TargetArn: true },
    Description: true,
    Environment: { Variables: true },
    EphemeralStorage: { Size: true },
    FunctionName: true,
    Handler: true,
    Layers: true,
    LoggingConfig: {
      ApplicationLogLevel: true,
      LogFormat: true,
      LogGroup: true,
      SystemLogLevel: true,
    },
    MemorySize: true,
    PackageType: true,
    ReservedConcurrentExecutions: true,
    Role: true,
    Runtime: true,
    SnapStart: { ApplyOn: true },
    Tags: { Key: true, Value: true },
    Timeout: true,
    TracingConfig: { Mode: true },
    VpcConfig: { Ipv6AllowedForDualStack: true, SecurityGroupIds: true, SubnetIds: true },
  },
  required: ['Code', 'Role'],
  attributes: ['Arn'],
  replacedBy: ['FunctionName', 'PackageType'],
  nameProperty: 'FunctionName',
  create: async (work, properties) => {
    const name = textAt(properties, 'FunctionName') ?? work.newName(64);
    const { FunctionArn } = await work.call<{ FunctionArn: string }>('lambda', 'CreateFunction', {
      FunctionName: name,
      Code: codeOf(properties),
      Tags: tagsOf(properties),
      ...only(properties, ['Architectures', 'PackageType', ...Object.keys(DEFAULTS)]),
    });
    const made = { physicalId: name, attributes: { Arn: FunctionArn } };
    work.exists(made);
    await applyConcurrency(work, name, { now: properties, before: {} });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await updateCode(work, physicalId, { now: properties, before });
    await updateConfiguration(work, physicalId, { now: properties, before });
    await applyConcurrency(work, physicalId, { now: properties, before });
    await applyTags(work, toText(attributes['Arn']), { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('lambda', 'DeleteFunction', { FunctionName: physicalId });
  },
};

interface Change {
  readonly now: JsonObject;
  readonly before: JsonObject;
}

async function updateCode(
  work: ResourceWork,
  name: string,
  { now, before }: Change,
): Promise<void> {
  if (['Code', 'Architectures'].every((part) => isEqual(now[part], before[part]))) return;
  await untilReady(work, name);
  const { Architectures } = now;
  await work.call('lambda', 'UpdateFunctionCode', {
    FunctionName: name,
    ...codeOf(now),
    Architectures,
  });
}

async function updateConfiguration(
  work: ResourceWork,
  name: string,
  { now, before }: Change,
): Promise<void> {
  const changed = Object.keys(DEFAULTS).filter((part) => !isEqual(now[part], before[part]));
  if (changed.length === 0) return;
  await untilReady(work, name);
  await work.call('lambda', 'UpdateFunctionConfiguration', {
    FunctionName: name,
    ...Object.fromEntries(changed.map((part) => [part, now[part] ?? DEFAULTS[part]])),
  });
}

/** CloudFormation packs source text that stands in the template itself. */
function codeOf(properties: JsonObject): JsonObject {
  const code = objectAt(properties, 'Code') ?? {};
  const source = textAt(code, 'ZipFile');
  if (source === undefined) return code;
  const runtime = textAt(properties, 'Runtime') ?? '';
  const file = runtime.startsWith('python') ? 'index.py' : 'index.js';
  return { ZipFile: zipSync({ [file]: new TextEncoder().encode(source) }, { mtime: EPOCH }) };
}

const EPOCH = new Date(1980, 0, 1);
