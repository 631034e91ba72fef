import {
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadEventPaths } from '../../functions/adapters/lambda-event-paths.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';

const lambda = mockClient(LambdaClient);
const readEventPaths = createReadEventPaths(new LambdaClient({ region: 'us-east-1' }));

beforeEach(() => {
  lambda.reset();
  lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [] });
  lambda
    .on(GetFunctionEventInvokeConfigCommand)
    .rejects(awsError('ResourceNotFoundException', 404));
});

describe('readEventPaths', () => {
  it('answers nothing where nothing is set up', async () => {
    expect(await readEventPaths(ARN)).toEqual({ sources: [] });
  });

  it('answers the destination of failures', async () => {
    lambda
      .on(GetFunctionEventInvokeConfigCommand, { FunctionName: ARN })
      .resolves({ DestinationConfig: { OnFailure: { Destination: DEAD } } });

    expect(await readEventPaths(ARN)).toEqual({ onFailure: DEAD, sources: [] });
  });

  it('answers every source on every page that is not disabled, sorted', async () => {
    lambda
      .on(ListEventSourceMappingsCommand, { FunctionName: ARN })
      .resolvesOnce({
        EventSourceMappings: [
          { EventSourceArn: 'arn:b', State: 'Enabled' },
          { EventSourceArn: 'arn:c', State: 'Disabled' },
          { EventSourceArn: 'arn:d', State: 'Disabling' },
        ],
        NextMarker: 'more',
      })
      .resolvesOnce({
        EventSourceMappings: [
          { EventSourceArn: 'arn:a', State: 'Creating' },
          { UUID: 'kafka-1', State: 'Enabled' },
        ],
      });

    expect((await readEventPaths(ARN)).sources).toEqual(['arn:a', 'arn:b', 'mapping kafka-1']);
  });

  it.each([
    ['destination', () => lambda.on(GetFunctionEventInvokeConfigCommand)],
    ['list of sources', () => lambda.on(ListEventSourceMappingsCommand)],
  ])('fails with the function named where its %s cannot be read', async (_, asked) => {
    asked().rejects(awsError('TooManyRequestsException', 429));

    await expect(readEventPaths(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      retryable: true,
      message: expect.stringContaining('what hands events to `orders-api`'),
    });
  });
});
