import {
  CreateAliasCommand,
  CreateFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach } from 'vitest';
import { createLambdaReads } from '../../functions/adapters/lambda.ts';
import { createListPage } from '../../functions/adapters/lambda-list.ts';
import { createReadAliases } from '../../functions/adapters/lambda-versions.ts';
import { MINIMAL, type SmallAccount, startSmallAccount } from '../local/lambda/small-account.ts';
import { describeListingContract } from '../support/listing-contract.ts';

const accounts: SmallAccount[] = [];

afterEach(async () => {
  for (const account of accounts.splice(0)) await account.close();
});

describeListingContract('the local account', async () => {
  const account = await startSmallAccount();
  accounts.push(account);
  const { client } = account;
  return {
    listPage: createListPage(client),
    readSnapshot: createLambdaReads(client).readSnapshot,
    readAliases: createReadAliases(client),
    create: async (FunctionName) => {
      await client.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL }));
    },
    publish: async (FunctionName, versions) => {
      for (const { version, aliases } of versions) {
        const Timeout = 10 + Number(version);
        await account.core.clock.advance(2000);
        await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
        await account.core.clock.advance(2000);
        await client.send(new PublishVersionCommand({ FunctionName }));
        await account.core.clock.advance(2000);
        for (const Name of aliases) {
          const alias = { FunctionName, Name, FunctionVersion: version };
          await client.send(new CreateAliasCommand(alias));
        }
      }
    },
  };
});
