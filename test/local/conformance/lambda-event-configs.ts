import { refusedAs, type Scene } from './lambda-scene.ts';

const FunctionName = 'eventful';
const Destination = 'arn:aws:sqs:us-east-1:123456789012:work';
const DestinationConfig = { OnSuccess: { Destination }, OnFailure: { Destination } };
const OF_ALIAS = { FunctionName, Qualifier: 'live' };

/** How events are retried, and where they end, is set, read, listed, refused and forgotten. */
export async function walkEventConfigs({ lambda, attached }: Scene): Promise<void> {
  await attached(FunctionName, {});
  await lambda.publishVersion({ FunctionName });
  await lambda.createAlias({ FunctionName, Name: 'live', FunctionVersion: '1' });
  await lambda.putFunctionEventInvokeConfig({ ...OF_ALIAS, MaximumRetryAttempts: 0 });
  await lambda.putFunctionEventInvokeConfig({
    FunctionName,
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig,
  });
  await lambda.updateFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 2 });
  await lambda.getFunctionEventInvokeConfig({ FunctionName });
  await lambda.listFunctionEventInvokeConfigs({ FunctionName });
  await lambda.listFunctionEventInvokeConfigs({ FunctionName, MaxItems: 1 });
  await refuse(lambda);
  await lambda.deleteFunctionEventInvokeConfig({ FunctionName });
}

async function refuse(lambda: Scene['lambda']): Promise<void> {
  const NOBODY = { FunctionName: 'nobody' };
  const mismatched = { FunctionName: 'eventful:1', Qualifier: '2' };
  await refusedAs(
    'ResourceNotFoundException',
    lambda.putFunctionEventInvokeConfig({ ...NOBODY, MaximumRetryAttempts: 1 }),
    lambda.updateFunctionEventInvokeConfig({ ...NOBODY, MaximumRetryAttempts: 1 }),
    lambda.getFunctionEventInvokeConfig(NOBODY),
    lambda.deleteFunctionEventInvokeConfig(NOBODY),
    lambda.listFunctionEventInvokeConfigs(NOBODY),
  );
  await refusedAs(
    'InvalidParameterValueException',
    lambda.putFunctionEventInvokeConfig({ FunctionName }),
    lambda.updateFunctionEventInvokeConfig({ FunctionName }),
    lambda.getFunctionEventInvokeConfig(mismatched),
    lambda.deleteFunctionEventInvokeConfig(mismatched),
    lambda.listFunctionEventInvokeConfigs({ FunctionName, Marker: 'none' }),
  );
}
