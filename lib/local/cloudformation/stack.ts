import type {
  Capability,
  OperationType,
  ResourceStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { AccountCore } from '../account-core.ts';
import type { JsonObject } from './json-value.ts';
import type { Referable, Scope } from './scope.ts';
import type { ResourceDeclaration, Template } from './template.ts';

/** A stack, as it is and as it came to be. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly tags: ReadonlyMap<string, string>;
  readonly resources: Map<string, StackResource>;
  /** Oldest first. */
  readonly events: StackEvent[];
  template: Template;
  /** The text of every parameter. */
  parameters: ReadonlyMap<string, string>;
  capabilities: readonly Capability[];
  outputs: readonly StackOutput[];
  /** Names of other stacks' exports that this one relies on. */
  imports: ReadonlySet<string>;
  status: StackStatus;
  /** What was last asked of it. */
  lastOperation: StackOperation;
  statusReason?: string;
  updatedAtMs?: number;
  deletedAtMs?: number;
}

/** One change that somebody asked for. */
export interface StackOperation {
  readonly id: string;
  readonly type: OperationType;
  /** What the caller recognizes it by, where it gave anything. */
  readonly token?: string;
}

/** A resource that a stack has made, or is about to. */
export interface StackResource extends Referable {
  readonly logicalId: string;
  readonly declaration: ResourceDeclaration;
  /** Resolved: what the service was called with. */
  properties: JsonObject;
  /** Absent until something has happened to it. */
  status?: ResourceStatus;
  statusReason?: string;
  atMs: number;
}

/** A value that a stack shows. */
export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** One line of a stack's history. */
export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason?: string;
  /** Of a resource: what its service was called with. */
  readonly properties?: JsonObject;
  readonly operation: StackOperation;
  readonly atMs: number;
}

/** What a stack is to become. */
export interface Target {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, string>;
  readonly values: Scope['values'];
  readonly conditions: Scope['conditions'];
  /** Names of other stacks' exports that it relies on. */
  readonly imports: ReadonlySet<string>;
  /** Logical ids of the resources whose condition holds, each after those that it needs. */
  readonly order: readonly string[];
}

/** The stacks of the account by id, and what they work on. */
export interface Stacks {
  readonly core: AccountCore;
  readonly byId: Map<string, Stack>;
}

/** Finds a stack by its name or id; deleted ones only by id. */
export function findStack({ byId }: Stacks, nameOrId: string): Stack | undefined {
  if (nameOrId.startsWith('arn:')) return byId.get(nameOrId);
  return [...byId.values()].find(
    ({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE',
  );
}
