import { refusedAs, type Scene, SECONDS_TO_ATTACH } from './lambda-scene.ts';

const FunctionName = 'aliased';
const LIVE = { FunctionName, Name: 'live' };

/** Aliases are made, shared between versions, read, listed, refused and deleted. */
export async function walkAliases({ lambda, seconds, attached }: Scene): Promise<void> {
  await attached(FunctionName);
  await lambda.publishVersion({ FunctionName });
  await lambda.updateFunctionConfiguration({ FunctionName, Timeout: 9 });
  await seconds(SECONDS_TO_ATTACH);
  await lambda.publishVersion({ FunctionName });
  await seconds(SECONDS_TO_ATTACH);
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.25 } };
  await lambda.createAlias({ ...LIVE, FunctionVersion: '1', RoutingConfig, Description: 'shared' });
  await lambda.createAlias({ FunctionName, Name: 'plain', FunctionVersion: '1' });
  await lambda.updateAlias({ ...LIVE, Description: 'still shared' });
  await lambda.getAlias(LIVE);
  await lambda.listAliases({ FunctionName });
  await lambda.listAliases({ FunctionName, MaxItems: 1 });
  await refuse(lambda);
  await lambda.deleteAlias(LIVE);
}

async function refuse(lambda: Scene['lambda']): Promise<void> {
  const NOBODY = { FunctionName: 'nobody', Name: 'live' };
  const RoutingConfig = { AdditionalVersionWeights: { 1: 0.5 } };
  await refusedAs(
    'ResourceNotFoundException',
    lambda.createAlias({ ...NOBODY, FunctionVersion: '1' }),
    lambda.updateAlias(NOBODY),
    lambda.getAlias(NOBODY),
    lambda.deleteAlias(NOBODY),
    lambda.listAliases(NOBODY),
  );
  await refusedAs(
    'InvalidParameterValueException',
    lambda.createAlias({ FunctionName, Name: 'new', FunctionVersion: '1', RoutingConfig }),
    lambda.updateAlias({ ...LIVE, RoutingConfig }),
    lambda.listAliases({ FunctionName, Marker: 'none' }),
  );
  await refusedAs(
    'ResourceConflictException',
    lambda.createAlias({ ...LIVE, FunctionVersion: '1' }),
  );
}
