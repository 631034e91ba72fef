import type {
  CreateFunctionRequest,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { MINIMAL, ROLE_ARN } from '../lambda/small-account.ts';
import { HERE, IDLE_SECONDS, refusedAs, type Scene, SECONDS_TO_ATTACH } from './lambda-scene.ts';

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const PROVIDER = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:conforming';
const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app';

/** One function's way: how it is made, and what changes it. */
interface Life {
  readonly create: CreateFunctionRequest;
  readonly change: Omit<UpdateFunctionConfigurationRequest, 'FunctionName'>;
  readonly recode: Omit<UpdateFunctionCodeRequest, 'FunctionName'>;
}

const ZIP = { ZipFile: Buffer.from('other'), SourceKMSKeyArn: KEY };
const CHANGE = { change: { Timeout: 60 }, recode: ZIP };

const LIVES: readonly Life[] = [
  {
    ...CHANGE,
    create: {
      ...MINIMAL,
      FunctionName: 'full',
      VpcConfig: { ...HERE, Ipv6AllowedForDualStack: false },
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead' },
      Environment: { Variables: { COLOR: 'blue' } },
      KMSKeyArn: KEY,
      Code: { ...MINIMAL.Code, SourceKMSKeyArn: KEY },
      Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:tools:3'],
      FileSystemConfigs: [
        {
          Arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0',
          LocalMountPath: '/mnt/files',
          S3FilesConfig: { DirectS3Read: 'ENABLED' },
        },
      ],
      LoggingConfig: { LogFormat: 'JSON' },
      Tags: { team: 'pay' },
    },
  },
  {
    ...CHANGE,
    create: {
      FunctionName: 'image',
      Role: ROLE_ARN,
      PackageType: 'Image',
      Code: { ImageUri: `${IMAGE}:1` },
      ImageConfig: { EntryPoint: ['/start'], Command: ['go'], WorkingDirectory: '/' },
    },
    recode: { ImageUri: `${IMAGE}:2` },
  },
  {
    ...CHANGE,
    create: {
      ...MINIMAL,
      FunctionName: 'managed',
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: PROVIDER,
          PerExecutionEnvironmentMaxConcurrency: 10,
          ExecutionEnvironmentMemoryGiBPerVCpu: 2,
        },
      },
    },
  },
];

/** Functions of every kind are made, read, changed, published, listed and deleted. */
export async function walkFunctions(scene: Scene): Promise<void> {
  const { lambda, seconds } = scene;
  await lambda.createCapacityProvider({
    CapacityProviderName: 'conforming',
    VpcConfig: HERE,
    PermissionsConfig: { CapacityProviderOperatorRoleArn: ROLE_ARN },
  });
  await seconds(1);
  for (const life of LIVES) await live(scene, life);
  await changeIdle(scene);
  await lambda.listFunctions({});
  await lambda.listFunctions({ MaxItems: 1 });
  for (const { create } of LIVES) {
    await lambda.listVersionsByFunction({ FunctionName: create.FunctionName });
  }
  await lambda.listVersionsByFunction({ FunctionName: 'full', MaxItems: 1 });
  await scene.userClient('reader', 'lambda:GetFunction').getFunction({ FunctionName: 'full' });
  await walkTagsAndConcurrency(scene);
  await lambda.deleteFunction({ FunctionName: 'image' });
}

async function live({ lambda, seconds }: Scene, life: Life): Promise<void> {
  const { FunctionName } = life.create;
  const read = async () => {
    await lambda.getFunction({ FunctionName });
    await lambda.getFunctionConfiguration({ FunctionName });
  };
  await lambda.createFunction(life.create);
  await read();
  await seconds(SECONDS_TO_ATTACH);
  await lambda.updateFunctionConfiguration({ FunctionName, ...life.change });
  await read();
  await seconds(SECONDS_TO_ATTACH);
  await lambda.updateFunctionCode({ FunctionName, ...life.recode });
  await seconds(SECONDS_TO_ATTACH);
  await lambda.publishVersion({ FunctionName });
  await seconds(SECONDS_TO_ATTACH);
}

/** An idle function can be changed; a version of it fails while its role lacks its rights. */
async function changeIdle({ lambda, seconds, attached, holdRole }: Scene): Promise<void> {
  const FunctionName = 'sleeper';
  await attached(FunctionName, { VpcConfig: { ...HERE, SecurityGroupIds: DEFAULT_GROUPS } });
  await seconds(IDLE_SECONDS);
  await lambda.updateFunctionConfiguration({ FunctionName, Timeout: 9 });
  await seconds(1);
  await lambda.updateFunctionCode({ FunctionName, ZipFile: Buffer.from('new') });
  await seconds(1);
  await lambda.publishVersion({ FunctionName });
  holdRole(true);
  await seconds(SECONDS_TO_ATTACH);
  await lambda.publishVersion({ FunctionName });
  holdRole(false);
  await refusedAs('ResourceNotReadyException', lambda.invoke({ FunctionName }));
}

const DEFAULT_GROUPS = ['sg-0a1b2c3d4e5f6d001'];

async function walkTagsAndConcurrency({ lambda }: Scene): Promise<void> {
  const FunctionName = 'full';
  const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
  await lambda.tagResource({ Resource, Tags: { color: 'blue' } });
  await lambda.listTags({ Resource });
  await lambda.getFunction({ FunctionName });
  await lambda.untagResource({ Resource, TagKeys: ['color'] });
  await lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 5 });
  await lambda.getFunctionConcurrency({ FunctionName });
  await lambda.getFunction({ FunctionName });
  await lambda.deleteFunctionConcurrency({ FunctionName });
  await lambda.getAccountSettings({});
}
