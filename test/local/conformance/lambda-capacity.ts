import type { CreateCapacityProviderRequest } from '@aws-sdk/client-lambda';
import { MINIMAL, ROLE_ARN } from '../lambda/small-account.ts';
import { HERE, refusedAs, type Scene } from './lambda-scene.ts';

const CapacityProviderName = 'complete';
const CapacityProviderArn = `arn:aws:lambda:us-east-1:123456789012:capacity-provider:${CapacityProviderName}`;
const COMPLETE: CreateCapacityProviderRequest = {
  CapacityProviderName,
  VpcConfig: HERE,
  PermissionsConfig: { CapacityProviderOperatorRoleArn: ROLE_ARN },
  InstanceRequirements: {
    Architectures: ['arm64'],
    AllowedInstanceTypes: ['m8g.xlarge'],
    ExcludedInstanceTypes: ['m8g.large'],
  },
  CapacityProviderScalingConfig: {
    MaxVCpuCount: 30,
    ScalingMode: 'Manual',
    ScalingPolicies: [
      {
        PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization',
        TargetValue: 60,
      },
    ],
  },
  KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555',
  PropagateTags: { Mode: 'Explicit', ExplicitTags: { team: 'pay' } },
  TelemetryConfig: { LoggingConfig: { SystemLogLevel: 'INFO', LogGroup: '/complete' } },
};

/** Capacity providers are made, read, listed, refused and deleted. */
export async function walkCapacityProviders({ lambda, seconds }: Scene): Promise<void> {
  await lambda.createCapacityProvider(COMPLETE);
  await lambda.createCapacityProvider({ ...COMPLETE, CapacityProviderName: 'other' });
  await seconds(1);
  await lambda.getCapacityProvider({ CapacityProviderName });
  await lambda.listCapacityProviders({});
  await lambda.listCapacityProviders({ MaxItems: 1 });
  await lambda.createFunction({
    ...MINIMAL,
    FunctionName: 'on-provider',
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn },
    },
  });
  await seconds(1);
  await refuse(lambda);
  await lambda.deleteFunction({ FunctionName: 'on-provider' });
  await lambda.deleteCapacityProvider({ CapacityProviderName });
}

async function refuse(lambda: Scene['lambda']): Promise<void> {
  const NOBODY = { CapacityProviderName: 'nobody' };
  const VpcConfig = { ...HERE, SubnetIds: ['subnet-00000000000000000'] };
  await refusedAs(
    'ResourceNotFoundException',
    lambda.getCapacityProvider(NOBODY),
    lambda.deleteCapacityProvider(NOBODY),
  );
  await refusedAs(
    'InvalidParameterValueException',
    lambda.createCapacityProvider({ ...COMPLETE, ...NOBODY, VpcConfig }),
    lambda.listCapacityProviders({ Marker: 'none' }),
  );
  await refusedAs(
    'ResourceConflictException',
    lambda.createCapacityProvider(COMPLETE),
    lambda.deleteCapacityProvider({ CapacityProviderName }),
  );
}
