import {
  GetFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const client = new LambdaClient({});

/** What a handler costs that looks at a function and moves it, and knows, remembers and tells nothing. */
export const handler = async ({
  Records,
}: {
  readonly Records: readonly { readonly body: string }[];
}) => {
  for (const { body } of Records) {
    const FunctionName: string = JSON.parse(body).detail.responseElements.functionArn;
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        RevisionId: Configuration?.RevisionId,
        VpcConfig: {
          SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
          SecurityGroupIds: ['sg-085912345678492fb'],
        },
      }),
    );
  }
};
