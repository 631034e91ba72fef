import { type LambdaClient, TagResourceCommand } from '@aws-sdk/client-lambda';
import { HEARTBEAT_TAG } from '../core/heartbeat.ts';
import type { SweepPorts } from '../workflows/sweep-ports.ts';
import { writeFailed } from './aws-errors.ts';

/** Builds the port that tags the guardrail's own function, so that the event of it comes back. */
export function createSendHeartbeat(
  client: LambdaClient,
  functionArn: string,
): SweepPorts['sendHeartbeat'] {
  return async (sentMs) => {
    try {
      const Tags = { [HEARTBEAT_TAG]: String(sentMs) };
      await client.send(new TagResourceCommand({ Resource: functionArn, Tags }));
    } catch (error) {
      throw writeFailed(error, 'could not send the heartbeat');
    }
  };
}
