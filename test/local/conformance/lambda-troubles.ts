import { refusedAs, type Scene } from './lambda-scene.ts';
import { operationsOf } from './watched-service.ts';

/** Something for every member that some operation requires: what it names does not exist. */
const ANYTHING = {
  FunctionName: 'nobody',
  Name: 'live',
  FunctionVersion: '1',
  Qualifier: '1',
  UUID: '00000000-0000-4000-8000-000000000000',
  Resource: 'arn:aws:lambda:us-east-1:123456789012:function:nobody',
  Tags: {},
  TagKeys: ['team'],
  ReservedConcurrentExecutions: 0,
  CapacityProviderName: 'nobody',
  Role: 'arn:aws:iam::123456789012:role/lambda-role',
  Code: {},
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:aws:iam::123456789012:role/nobody' },
};

/** What Invoke says of services that this account does not have, or of states that its functions do not have. */
const ONLY_PLANTED: readonly (readonly [name: string, status: number])[] = [
  ['CodeArtifactUserFailedException', 409],
  ['CodeArtifactUserDeletedException', 409],
  ['EC2ThrottledException', 502],
  ['EC2UnexpectedException', 502],
  ['ENINotReadyException', 502],
  ['EFSIOException', 410],
  ['EFSMountConnectivityException', 408],
  ['EFSMountFailureException', 403],
  ['EFSMountTimeoutException', 408],
  ['KMSAccessDeniedException', 502],
  ['KMSDisabledException', 502],
  ['KMSInvalidStateException', 502],
  ['KMSNotFoundException', 502],
  ['SnapStartException', 400],
  ['SnapStartTimeoutException', 408],
];

/** Every operation is throttled over its rate, and fails where Lambda fails (planted). */
export async function walkTroubles(scene: Scene): Promise<void> {
  await overTheirRates(scene);
  await failAsPlanted(scene);
}

/** AWS: GetFunction has 100 calls a second of its own, the others share 15 or less. */
async function overTheirRates({ account, lambda }: Scene): Promise<void> {
  account.throttle.turn(true);
  const spend = async (count: number, call: () => Promise<unknown>) => {
    await Promise.allSettled(Array.from({ length: count }, call));
  };
  await spend(15, () => lambda.getAccountSettings({}));
  await spend(15, () => lambda.listCapacityProviders({}));
  await spend(1, () => call(lambda, 'DeleteCapacityProvider'));
  await spend(100, () => lambda.getFunction({ FunctionName: 'nobody' }));
  for (const name of operationsOf('lambda')) {
    if (name !== 'Invoke') await refusedAs('TooManyRequestsException', call(lambda, name));
  }
  account.throttle.turn(false);
}

async function failAsPlanted({ account, lambda }: Scene): Promise<void> {
  const planted = { service: 'lambda', kind: 'error' } as const;
  account.faults.add({ ...planted, operation: '*', name: 'ServiceException', status: 500 });
  for (const name of operationsOf('lambda')) {
    await refusedAs('ServiceException', call(lambda, name));
  }
  for (const [name, status] of ONLY_PLANTED) {
    account.faults.clear();
    account.faults.add({ ...planted, operation: 'Invoke', name, status });
    await refusedAs(name, call(lambda, 'Invoke'));
  }
  account.faults.clear();
}

function call(lambda: Scene['lambda'], operation: string): Promise<unknown> {
  const method: unknown = Reflect.get(
    lambda,
    operation.charAt(0).toLowerCase() + operation.slice(1),
  );
  if (typeof method !== 'function') throw new Error(`the SDK has no \`${operation}\``);
  return Reflect.apply(method, lambda, [ANYTHING]);
}
