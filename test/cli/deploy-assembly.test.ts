import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployAssembly, removeStack } from '../../lib/cli/deploy-assembly.ts';
import { type FullAccount, startFullAccount } from '../local/full-account.ts';
import { createSmallAssembly, type SmallAssembly, toAsset } from './small-assembly.ts';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const BROKEN = { ...QUEUE, Properties: { VisibilityTimeout: 1_000_000 } };

let account: FullAccount;
let assembly: SmallAssembly;

beforeEach(async () => {
  account = await startFullAccount();
  assembly = await createSmallAssembly();
});

afterEach(async () => {
  await assembly.remove();
  await account.close();
});

function place() {
  const { maxAttempts: _, ...settings } = account.settings();
  // Time passes while the deployer waits, as it would in AWS.
  return { ...settings, account: '123456789012', wait: () => account.advance(1000) };
}

function deploy() {
  return deployAssembly({ ...place(), assemblyDir: assembly.dir });
}

function template(memory: number) {
  return {
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'small',
          Code: {
            S3Bucket: { 'Fn::Sub': `cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}` },
            S3Key: 'code.zip',
          },
          Role: 'arn:aws:iam::123456789012:role/lambda-role',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          MemorySize: memory,
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Function' } } },
  };
}

async function readFunction(): Promise<FunctionConfiguration> {
  const lambda = new LambdaClient(account.settings());
  try {
    return await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'small' }));
  } finally {
    lambda.destroy();
  }
}

describe('deployAssembly', () => {
  it('uploads assets, makes the stack and answers its outputs', async () => {
    await assembly.writeTemplate(template(128));
    const lines: string[] = [];
    const deployed = await deployAssembly({
      ...place(),
      assemblyDir: assembly.dir,
      onProgress: (line) => lines.push(line),
    });
    expect(deployed).toEqual({ stackName: 'Small', outputs: { Name: 'small' } });
    expect(lines).toEqual(['uploading `code.zip`', 'uploading `t`', 'deploying the stack `Small`']);
    expect(await readFunction()).toMatchObject({ MemorySize: 128 });
  });

  it('does nothing where nothing changed', async () => {
    await assembly.writeTemplate(template(128));
    await deploy();
    expect(await deploy()).toEqual({ stackName: 'Small', outputs: { Name: 'small' } });
    expect(account.records('CreateFunction20150331')).toHaveLength(1);
  });

  it('waits as time passes where a function has to be changed', async () => {
    await assembly.writeTemplate(template(128));
    await deploy();
    await assembly.writeTemplate(template(256));
    await deploy();
    expect(await readFunction()).toMatchObject({ MemorySize: 256 });
  });

  it('says which resource failed and why, on one line', async () => {
    await assembly.writeTemplate({ Resources: { A: QUEUE, B: { ...BROKEN, DependsOn: 'A' } } });
    await expect(deploy()).rejects.toThrow(
      /^the stack `Small` ended in ROLLBACK_COMPLETE: `B` \(AWS::SQS::Queue\): Resource handler returned message: .*VisibilityTimeout.*$/,
    );
  });

  it('replaces a stack that was never made', async () => {
    await assembly.writeTemplate({ Resources: { A: BROKEN } });
    await expect(deploy()).rejects.toThrow('ROLLBACK_COMPLETE');
    await assembly.writeTemplate(template(128));
    expect((await deploy()).outputs).toEqual({ Name: 'small' });
  });

  it('says why a template is refused', async () => {
    await assembly.writeTemplate({ Resources: { A: { Type: 'AWS::EC2::Instance' } } });
    await expect(deploy()).rejects.toThrow(
      'could not deploy the stack `Small`: Template format error: Unrecognized resource types: [AWS::EC2::Instance]',
    );
  });

  it('says why an asset cannot be uploaded', async () => {
    await assembly.writeTemplate(template(128));
    await rm(join(assembly.dir, 'asset'), { recursive: true });
    await expect(deploy()).rejects.toThrow(
      `could not read the asset \`${join(assembly.dir, 'asset')}\``,
    );
    const asset = {
      ...toAsset('Small.template.json', 'file', 't'),
      destinations: { a: { bucketName: 'nobody', objectKey: 't' } },
    };
    await assembly.writeAssets({ files: { asset } });
    await expect(deploy()).rejects.toThrow(
      'could not upload `t` to the bucket `nobody`: NoSuchBucket: The specified bucket does not exist',
    );
  });

  it('passes on that its caller may not look', async () => {
    await assembly.writeTemplate(template(128));
    const credentials = account.user('uploader', {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
    });
    const deployment = { ...place(), credentials, assemblyDir: assembly.dir };
    await expect(deployAssembly(deployment)).rejects.toThrow('cloudformation:DescribeStacks');
  });

  it('gives up on a stack that is never done', async () => {
    await assembly.writeTemplate(template(128));
    await deploy();
    await assembly.writeTemplate(template(256));
    await deploy();
    await assembly.writeTemplate(template(512));
    // Nobody moves time, so the update before this one never ends.
    const stuck = deployAssembly({ ...place(), wait: async () => {}, assemblyDir: assembly.dir });
    await expect(stuck).rejects.toThrow('was not done after 2400 looks at it');
  });
});

describe('removeStack', () => {
  it('removes a stack with everything in it, and passes over one that is missing', async () => {
    await assembly.writeTemplate(template(128));
    const { stackName } = await deploy();
    await removeStack({ ...place(), stackName });
    await expect(readFunction()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await removeStack({ ...place(), stackName });
  });

  it('says why a stack cannot be removed', async () => {
    await assembly.writeTemplate({ Resources: { A: QUEUE } });
    const { stackName } = await deploy();
    const credentials = account.user('half', {
      Effect: 'Allow',
      Action: 'cloudformation:*',
      Resource: '*',
    });
    await expect(removeStack({ ...place(), credentials, stackName })).rejects.toThrow(
      /^the stack `Small` ended in DELETE_FAILED: `A` \(AWS::SQS::Queue\): .*sqs:DeleteQueue/,
    );
  });
});
