import type {
  StackEvent as StackEventView,
  StackResource as StackResourceView,
  StackStatus,
  StackSummary,
  Stack as StackView,
} from '@aws-sdk/client-cloudformation';
import { toText } from './json-value.ts';
import { parameterValues } from './parameters.ts';
import type { Stack, StackEvent, StackResource } from './stack.ts';

const SECRET = '****';

/** A stack as DescribeStacks answers it. */
export function toStackView(stack: Stack): StackView {
  const { template, parameters, outputs, tags } = stack;
  const values = parameterValues(template.parameters, parameters);
  return {
    ...toSummary(stack),
    DisableRollback: false,
    EnableTerminationProtection: false,
    Capabilities: [...stack.capabilities],
    RollbackConfiguration: {},
    NotificationARNs: [],
    Parameters: [...parameters].map(([name, value]) => ({
      ParameterKey: name,
      ParameterValue: template.parameters.get(name)?.isSecret ? SECRET : value,
      ...(template.parameters.get(name)?.type.startsWith('AWS::SSM::')
        ? { ResolvedValue: toText(values.get(name)) }
        : {}),
    })),
    Outputs: outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    Description: template.description,
  };
}

/** A stack as ListStacks answers it. */
export function toSummary(stack: Stack): StackSummary & { StackStatus: StackStatus } {
  const { id, name, status, statusReason, createdAtMs, updatedAtMs, deletedAtMs } = stack;
  return {
    StackId: id,
    StackName: name,
    StackStatus: status,
    StackStatusReason: statusReason,
    CreationTime: new Date(createdAtMs),
    LastUpdatedTime: toDate(updatedAtMs),
    DeletionTime: toDate(deletedAtMs),
    TemplateDescription: stack.template.description,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: [
      { OperationType: stack.lastOperation.type, OperationId: stack.lastOperation.id },
    ],
  };
}

/** A resource as DescribeStackResources answers it. */
export function toResourceView(
  stack: Stack,
  { logicalId, physicalId, declaration, status, statusReason, atMs }: StackResource,
): StackResourceView {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: declaration.type,
    Timestamp: new Date(atMs),
    ResourceStatus: status,
    ResourceStatusReason: statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** An event as DescribeStackEvents answers it. */
export function toEventView(
  stack: Stack,
  event: StackEvent,
): Omit<StackEventView, 'ResourceStatus'> & { readonly ResourceStatus: StackEvent['status'] } {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.atMs),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    OperationId: event.operation.id,
    ClientRequestToken: event.operation.token,
    ...(event.properties === undefined
      ? {}
      : { ResourceProperties: withoutSecrets(stack, JSON.stringify(event.properties)) }),
  };
}

/** AWS: a value that is not to be echoed is told nowhere. */
function withoutSecrets({ template, parameters }: Stack, text: string): string {
  return [...parameters]
    .filter(([name, value]) => value !== '' && template.parameters.get(name)?.isSecret)
    .reduce((told, [, value]) => told.replaceAll(JSON.stringify(value).slice(1, -1), SECRET), text);
}

function toDate(timeMs: number | undefined): Date | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs);
}
