import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good, notYet } from './checkup.ts';
import { type GuardedAccount, queueArnOf } from './doctor-account.ts';
import { judgeFact, REBUILD, readFact, withClient } from './read-fact.ts';

/** Looks whether Lambda takes messages from the queue. */
export async function checkConsumer(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { access, deployed, caller } = account;
  const FunctionName = deployed.functionNames.enforce;
  const about = { topic: 'consumer', subject: FunctionName } as const;
  const read = await withClient(new LambdaClient(clientSettingsOf(access)), (client) =>
    readFact('lambda:ListEventSourceMappings', async () => {
      const { EventSourceMappings = [] } = await client.send(
        new ListEventSourceMappingsCommand({ FunctionName }),
      );
      return EventSourceMappings;
    }),
  );
  const queueArn = queueArnOf(deployed.queueUrl, caller);
  return [judgeFact(about, read, (mappings) => judgeConsumer(FunctionName, mappings, queueArn))];
}

/** Judges the event source mapping between the queue and the function. */
export function judgeConsumer(
  functionName: string,
  mappings: readonly EventSourceMappingConfiguration[],
  queueArn: string,
): Checkup {
  const about = { topic: 'consumer', subject: functionName } as const;
  const mapping = mappings.find(({ EventSourceArn }) => EventSourceArn === queueArn);
  if (mapping === undefined) {
    return bad(about, 'no event source mapping: nobody works on the queue', REBUILD);
  }
  const { State: state = '', UUID: uuid } = mapping;
  switch (state) {
    case 'Enabled':
    case 'Updating':
      return good(about, 'its event source mapping is enabled');
    case 'Creating':
    case 'Enabling':
      return notYet(about, `its event source mapping is ${state}`, 'look again in a minute');
    default:
      return bad(
        about,
        `its event source mapping is ${state}: nobody works on the queue`,
        `aws lambda update-event-source-mapping --uuid ${uuid} --enabled`,
      );
  }
}
