import { randomUUID } from 'node:crypto';
import {
  CreateStack$,
  type CreateStackInput,
  type CreateStackOutput,
  DeleteStack$,
  type DeleteStackInput,
  UpdateStack$,
  type UpdateStackInput,
  type UpdateStackOutput,
} from '@aws-sdk/client-cloudformation';
import { toTrailShape } from '../cloudtrail.ts';
import type { Objects } from '../s3/objects.ts';
import type { Given } from '../wire/given.ts';
import { type Call, type Operation, operation } from '../wire/operation.ts';
import { isEqual } from './json-value.ts';
import { checkNetworkParameters } from './network-parameters.ts';
import type { Run } from './resource-work.ts';
import { findStack, type Stack, type StackOperation, type Stacks, type Target } from './stack.ts';
import {
  checkStackName,
  existingStack,
  refuseTaken,
  refuseUnlessUpdatable,
} from './stack-guards.ts';
import { findRepeated, newOperation } from './stack-requests.ts';
import { runCreate, runDelete } from './stack-run.ts';
import { runUpdate } from './stack-update.ts';
import { type Pause, startWork } from './stack-work.ts';
import { checkCapabilities, toTarget } from './target.ts';
import { readTemplate, stackArn, templateNeeds } from './template-source.ts';
import { refuseUnsupportedOptions } from './unsupported-options.ts';
import { validationError } from './validation-error.ts';

type CreateInput = Given<CreateStackInput, 'StackName'>;
type UpdateInput = Given<UpdateStackInput, 'StackName'>;
type DeleteInput = Given<DeleteStackInput, 'StackName'>;

/** CreateStack, UpdateStack and DeleteStack: each answers at once and works on. */
export function stackOperations(stacks: Stacks, objects: Objects): readonly Operation[] {
  return [createStack(stacks, objects), updateStack(stacks, objects), deleteStack(stacks)];
}

function createStack(stacks: Stacks, objects: Objects): Operation {
  return operation<CreateInput, CreateStackOutput>(CreateStack$, {
    needs: (input) => [
      {
        action: 'cloudformation:CreateStack',
        resource: stackArn(stacks.core, input.StackName),
      },
      ...templateNeeds(input),
    ],
    handle: async (input, call) => {
      refuseUnsupportedOptions(input);
      const repeated = findRepeated(stacks, 'CREATE_STACK', input);
      if (repeated !== undefined) return repeated;
      const { StackName: name, Capabilities: capabilities = [] } = input;
      checkStackName(name);
      refuseTaken(stacks, name);
      const id = stackArn(stacks.core, name, randomUUID());
      const template = readTemplate(objects, input);
      checkCapabilities(template, capabilities);
      const target = toTarget(stacks.core, {
        template,
        given: input.Parameters ?? [],
        stack: { id, name },
      });
      await checkNetworkParameters(stacks.core, call.caller, target);
      // Another request may have taken the name meanwhile.
      refuseTaken(stacks, name);
      const lastOperation = newOperation('CREATE_STACK', input);
      const stack = newStack({ id, name, target, input, lastOperation, nowMs: call.nowMs });
      stacks.byId.set(id, stack);
      work(stacks, stack, { call, act: (run) => runCreate(run, target) });
      return { StackId: id, OperationId: lastOperation.id };
    },
    trail: trailOf('CreateStack'),
  });
}

function updateStack(stacks: Stacks, objects: Objects): Operation {
  return operation<UpdateInput, UpdateStackOutput>(UpdateStack$, {
    needs: (input) => [
      {
        action: 'cloudformation:UpdateStack',
        resource: findStack(stacks, input.StackName)?.id ?? stackArn(stacks.core, input.StackName),
      },
      ...templateNeeds(input),
    ],
    handle: async (input, call) => {
      refuseUnsupportedOptions(input);
      const repeated = findRepeated(stacks, 'UPDATE_STACK', input);
      if (repeated !== undefined) return repeated;
      const stack = existingStack(stacks, input.StackName);
      refuseUnlessUpdatable(stack);
      const template = input.UsePreviousTemplate ? stack.template : readTemplate(objects, input);
      checkCapabilities(template, input.Capabilities);
      const given = input.Parameters ?? [];
      const target = toTarget(stacks.core, { template, given, stack });
      if (isSame(stack, target)) throw validationError('No updates are to be performed.');
      await checkNetworkParameters(stacks.core, call.caller, target);
      // Another request may have begun to change the stack meanwhile.
      refuseUnlessUpdatable(stack);
      stack.capabilities = input.Capabilities ?? [];
      stack.lastOperation = newOperation('UPDATE_STACK', input);
      work(stacks, stack, { call, act: (run) => runUpdate(run, target) });
      return { StackId: stack.id, OperationId: stack.lastOperation.id };
    },
    trail: trailOf('UpdateStack'),
  });
}

function deleteStack(stacks: Stacks): Operation {
  return operation<DeleteInput, object>(DeleteStack$, {
    needs: ({ StackName }) => [
      {
        action: 'cloudformation:DeleteStack',
        resource: findStack(stacks, StackName)?.id ?? stackArn(stacks.core, StackName),
      },
    ],
    handle: (input, call) => {
      refuseUnsupportedOptions(input);
      if (findRepeated(stacks, 'DELETE_STACK', input) !== undefined) return {};
      const stack = findStack(stacks, input.StackName);
      // AWS: deleting a stack that does not exist is a success.
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {};
      if (stack.status.endsWith('_IN_PROGRESS')) {
        throw validationError(
          `Stack [${stack.name}] cannot be deleted while in status ${stack.status}`,
        );
      }
      stack.lastOperation = newOperation('DELETE_STACK', input);
      work(stacks, stack, { call, act: runDelete });
      return {};
    },
    trail: trailOf('DeleteStack'),
  });
}

function work(
  stacks: Stacks,
  stack: Stack,
  { call, act }: { readonly call: Call; readonly act: (run: Run) => Promise<void> },
): void {
  const caller = { ...call.caller, invokedBy: 'cloudformation.amazonaws.com' };
  startWork(stacks.core.clock, (pause: Pause) => act({ stacks, stack, caller, pause }));
}

function newStack(from: {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  readonly input: CreateInput;
  readonly lastOperation: StackOperation;
  readonly nowMs: number;
}): Stack {
  const { id, name, target, input, lastOperation, nowMs } = from;
  const tags = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return {
    id,
    name,
    createdAtMs: nowMs,
    tags: new Map(tags),
    resources: new Map(),
    events: [],
    template: target.template,
    parameters: target.parameters,
    capabilities: input.Capabilities ?? [],
    outputs: [],
    imports: target.imports,
    status: 'CREATE_IN_PROGRESS',
    lastOperation,
  };
}

function isSame(stack: Stack, { template, parameters }: Target): boolean {
  return (
    isEqual(stack.template.content, template.content) &&
    isEqual([...stack.parameters], [...parameters])
  );
}

/** The body of a template and its parameters stay out of the record: they may hold secrets. */
function trailOf(eventName: string) {
  return (input: object) => ({
    eventName,
    request: toTrailShape(
      Object.fromEntries(Object.entries(input).filter(([name]) => !UNRECORDED.includes(name))),
    ),
    response: (output: unknown) => (eventName === 'DeleteStack' ? null : toTrailShape(output)),
  });
}

const UNRECORDED = ['Parameters', 'TemplateBody'];
