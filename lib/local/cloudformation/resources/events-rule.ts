import { type JsonObject, toText } from '../json-value.ts';
import { documentAt, objectsAt, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::Events::Rule, on the default event bus. */
export const eventsRule: ResourceType = {
  name: 'AWS::Events::Rule',
  properties: {
    Description: true,
    EventPattern: true,
    Name: true,
    ScheduleExpression: true,
    State: true,
    Targets: {
      Arn: true,
      DeadLetterConfig: { Arn: true },
      Id: true,
      Input: true,
      RetryPolicy: { MaximumEventAgeInSeconds: true, MaximumRetryAttempts: true },
    },
  },
  required: [],
  attributes: ['Arn'],
  replacedBy: ['Name'],
  nameProperty: 'Name',
  create: async (work, properties) => {
    const name = textAt(properties, 'Name') ?? work.newName(64);
    const made = { physicalId: name, attributes: { Arn: await putRule(work, name, properties) } };
    work.exists(made);
    await putTargets(work, name, properties);
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await putRule(work, physicalId, properties);
    const kept = targetIds(properties);
    await removeTargets(
      work,
      physicalId,
      targetIds(before).filter((id) => !kept.includes(id)),
    );
    await putTargets(work, physicalId, properties);
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    const { Targets = [] } = await work.call<{ Targets?: readonly { Id: string }[] }>(
      'events',
      'ListTargetsByRule',
      { Rule: physicalId },
    );
    await removeTargets(
      work,
      physicalId,
      Targets.map(({ Id }) => Id),
    );
    await work.call('events', 'DeleteRule', { Name: physicalId });
  },
};

async function putRule(work: ResourceWork, name: string, properties: JsonObject): Promise<string> {
  const { Description, ScheduleExpression, State } = properties;
  const { RuleArn } = await work.call<{ RuleArn: string }>('events', 'PutRule', {
    Name: name,
    Description,
    EventPattern: documentAt(properties, 'EventPattern'),
    ScheduleExpression,
    State,
  });
  return RuleArn;
}

async function putTargets(work: ResourceWork, name: string, properties: JsonObject): Promise<void> {
  const targets = objectsAt(properties, 'Targets');
  if (targets.length === 0) return;
  const answer = await work.call<Answer>('events', 'PutTargets', { Rule: name, Targets: targets });
  refuseFailures(answer);
}

async function removeTargets(
  work: ResourceWork,
  name: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  refuseFailures(await work.call<Answer>('events', 'RemoveTargets', { Rule: name, Ids: ids }));
}

interface Answer {
  readonly FailedEntryCount?: number;
  readonly FailedEntries?: readonly { readonly ErrorMessage?: string }[];
}

/** EventBridge answers a refusal of one target as a success of the call. */
function refuseFailures({ FailedEntryCount = 0, FailedEntries = [] }: Answer): void {
  if (FailedEntryCount === 0) return;
  throw new Error(FailedEntries[0]?.ErrorMessage ?? 'a target was refused');
}

function targetIds(properties: JsonObject): readonly string[] {
  return objectsAt(properties, 'Targets').map(({ Id }) => toText(Id));
}
