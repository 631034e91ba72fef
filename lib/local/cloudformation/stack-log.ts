import { randomUUID } from 'node:crypto';
import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Run } from './resource-work.ts';
import type { StackResource } from './stack.ts';

/** Gives a stack a status and writes it into the stack's history. */
export function noteStack(
  { stacks: { core }, stack }: Run,
  status: StackStatus,
  reason?: string,
): void {
  const because = reason === undefined ? {} : { reason };
  stack.status = status;
  if (reason === undefined) delete stack.statusReason;
  else stack.statusReason = reason;
  stack.events.push({
    id: randomUUID(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status,
    ...because,
    operation: stack.lastOperation,
    atMs: core.clock.nowMs(),
  });
}

/** Gives a resource a status and writes it into the stack's history. */
export function noteResource(
  { stacks: { core }, stack }: Run,
  resource: StackResource,
  { status, reason }: { readonly status: ResourceStatus; readonly reason?: string },
): void {
  const because = reason === undefined ? {} : { reason };
  const atMs = core.clock.nowMs();
  resource.status = status;
  resource.atMs = atMs;
  if (reason === undefined) delete resource.statusReason;
  else resource.statusReason = reason;
  stack.events.push({
    id: `${resource.logicalId}-${status}-${randomUUID()}`,
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.declaration.type,
    status,
    ...because,
    properties: resource.properties,
    operation: stack.lastOperation,
    atMs,
  });
}
