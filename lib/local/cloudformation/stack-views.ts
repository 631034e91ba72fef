import type {
  StackEvent as StackEventView,
  StackResource as StackResourceView,
  StackStatus,
  StackSummary,
  Stack as StackView,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackEvent, StackResource } from './stack.ts';

/** A stack as DescribeStacks answers it. */
export function toStackView(stack: Stack): StackView {
  const { template, parameters, outputs, tags } = stack;
  return {
    ...toSummary(stack),
    DisableRollback: false,
    EnableTerminationProtection: false,
    Capabilities: [...stack.capabilities],
    RollbackConfiguration: {},
    NotificationARNs: [],
    Parameters: [...parameters].map(([name, value]) => ({
      ParameterKey: name,
      ParameterValue: template.parameters.get(name)?.isSecret ? '****' : value,
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
  };
}

function toDate(timeMs: number | undefined): Date | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs);
}
