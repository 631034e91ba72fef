import {
  DescribeStackEvents$,
  type DescribeStackEventsInput,
  DescribeStackResources$,
  type DescribeStackResourcesInput,
  type DescribeStackResourcesOutput,
  DescribeStacks$,
  type DescribeStacksInput,
  type DescribeStacksOutput,
  GetTemplate$,
  type GetTemplateInput,
  type GetTemplateOutput,
  ListStacks$,
  type ListStacksInput,
  type ListStacksOutput,
  ValidateTemplate$,
  type ValidateTemplateInput,
  type ValidateTemplateOutput,
} from '@aws-sdk/client-cloudformation';
import type { AccountCore } from '../account-core.ts';
import type { Objects } from '../s3/objects.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { endOf, pageOf } from './pages.ts';
import { findStack, type Stack, type Stacks } from './stack.ts';
import { existingStack } from './stack-guards.ts';
import { toEventView, toResourceView, toStackView, toSummary } from './stack-views.ts';
import { neededCapability } from './target.ts';
import { readTemplate, stackArn, templateNeeds } from './template-source.ts';

/** The operations that only read stacks and templates. */
export function describeOperations(stacks: Stacks, objects: Objects): readonly Operation[] {
  return [...describeOne(stacks), ...listAll(stacks), validateTemplate(stacks.core, objects)];
}

function describeOne(stacks: Stacks): readonly Operation[] {
  const needs = (name: string) => needsOn(stacks, name);
  return [
    operation<DescribeStackEventsInput, object>(DescribeStackEvents$, {
      needs: needs('DescribeStackEvents'),
      handle: ({ StackName = '', NextToken: token }) => {
        const stack = existingStack(stacks, StackName);
        const { items, ...end } = pageOf([...stack.events].reverse(), token);
        return { StackEvents: items.map((event) => toEventView(stack, event)), ...endOf(end) };
      },
    }),
    operation<DescribeStackResourcesInput, DescribeStackResourcesOutput>(DescribeStackResources$, {
      needs: needs('DescribeStackResources'),
      handle: ({ StackName = '', LogicalResourceId: wanted }) => {
        const stack = existingStack(stacks, StackName);
        const resources = [...stack.resources.values()].filter(
          ({ logicalId }) => wanted === undefined || logicalId === wanted,
        );
        return { StackResources: resources.map((resource) => toResourceView(stack, resource)) };
      },
    }),
    operation<GetTemplateInput, GetTemplateOutput>(GetTemplate$, {
      needs: needs('GetTemplate'),
      handle: ({ StackName = '', ChangeSetName: changeSet }) => {
        if (changeSet !== undefined) throw noChangeSet(changeSet);
        return {
          TemplateBody: existingStack(stacks, StackName).template.body,
          StagesAvailable: ['Original', 'Processed'],
        };
      },
    }),
  ];
}

function listAll(stacks: Stacks): readonly Operation[] {
  const { core, byId } = stacks;
  return [
    operation<DescribeStacksInput, DescribeStacksOutput>(DescribeStacks$, {
      needs: needsOn(stacks, 'DescribeStacks'),
      handle: ({ StackName: name, NextToken: token }) => {
        if (name !== undefined) return { Stacks: [toStackView(existingStack(stacks, name))] };
        const present = [...byId.values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
        const { items, ...end } = pageOf(newestFirst(present), token);
        return { Stacks: items.map(toStackView), ...endOf(end) };
      },
    }),
    operation<ListStacksInput, ListStacksOutput>(ListStacks$, {
      needs: () => [{ action: 'cloudformation:ListStacks', resource: stackArn(core, '*') }],
      handle: ({ StackStatusFilter: wanted = [], NextToken: token }) => {
        const listed = [...byId.values()].filter(
          ({ status }) => wanted.length === 0 || wanted.some((one) => one === status),
        );
        const { items, ...end } = pageOf(newestFirst(listed), token);
        return { StackSummaries: items.map(toSummary), ...endOf(end) };
      },
    }),
  ];
}

function validateTemplate(core: AccountCore, objects: Objects): Operation {
  return operation<ValidateTemplateInput, ValidateTemplateOutput>(ValidateTemplate$, {
    needs: (input) => [
      { action: 'cloudformation:ValidateTemplate', resource: stackArn(core, '*') },
      ...templateNeeds(input),
    ],
    handle: (input) => {
      const template = readTemplate(objects, input);
      const { description, parameters } = template;
      const { wanted, types = [] } = neededCapability(template) ?? {};
      return {
        ...(description === undefined ? {} : { Description: description }),
        Parameters: [...parameters].map(([name, parameter]) => ({
          ParameterKey: name,
          DefaultValue: parameter.default,
          NoEcho: parameter.isSecret,
          Description: parameter.description,
        })),
        ...(wanted === undefined
          ? {}
          : {
              Capabilities: [wanted],
              CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
            }),
      };
    },
  });
}

function needsOn(stacks: Stacks, name: string) {
  return ({ StackName: stack = '*' }: { readonly StackName?: string | undefined }) => [
    {
      action: `cloudformation:${name}`,
      resource: findStack(stacks, stack)?.id ?? stackArn(stacks.core, stack),
    },
  ];
}

/** The account makes no change sets. */
function noChangeSet(name: string): AwsFault {
  return new AwsFault(`ChangeSet [${name}] does not exist`, {
    code: 'ChangeSetNotFound',
    status: 404,
  });
}

function newestFirst(stacks: readonly Stack[]): readonly Stack[] {
  return [...stacks].reverse();
}
