import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isDenied } from '../../../functions/adapters/aws-errors.ts';
import { readAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { isKilled, isTripped } from '../../../functions/core/account-item.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import { clientSettingsOf } from '../aws-access.ts';
import { tableFailed } from '../find-table.ts';
import type { NotSeen } from '../report/report.ts';
import type { OpenScan } from '../scan/open-scan.ts';
import type { LiveRemediation } from './live.ts';
import { readStory, type Story } from './read-story.ts';

/** What the table of a deployment tells, as far as there is one and the caller may read it. */
export interface Recorded {
  readonly story: Story;
  readonly runTime?: LiveRemediation['runTime'];
  /** Whether it is known what is recorded, be it nothing. */
  readonly isSeen: boolean;
  readonly notSeen: readonly NotSeen[];
}

type Place = Pick<OpenScan, 'deployment' | 'access' | 'caller' | 'nowMs' | 'blindSpots'>;

/** Who may not ask for the stack does not know whether there is a table. */
const STACK = 'cloudformation:DescribeStacks';

/** Reads what is recorded of a function, and what operators say of all. */
export async function readRecorded(functionArn: string, open: Place): Promise<Recorded> {
  const { tableName } = open.deployment;
  if (tableName === undefined) {
    const isSeen = open.blindSpots.list().every(({ what }) => what !== STACK);
    return { story: { functionArn, history: [] }, isSeen, notSeen: [] };
  }
  const [story, runTime] = await Promise.all([
    unlessDenied(() => readStory(functionArn, tableName, open.access), {
      what: 'dynamodb:GetItem, dynamodb:Query',
      so: 'its record and its history are not known, and it is judged without them',
    }),
    unlessDenied(() => readRunTime(tableName, open), {
      what: 'dynamodb:GetItem',
      so: 'whether an operator or the breaker holds remediations back is not known',
    }),
  ]);
  return {
    story: story.value ?? { functionArn, history: [] },
    isSeen: story.value !== undefined,
    ...(runTime.value === undefined ? {} : { runTime: runTime.value }),
    notSeen: [...story.notSeen, ...runTime.notSeen],
  };
}

interface Read<Value> {
  readonly value?: Value;
  readonly notSeen: readonly NotSeen[];
}

async function unlessDenied<Value>(
  read: () => Promise<Value>,
  without: Omit<NotSeen, 'because'>,
): Promise<Read<Value>> {
  try {
    return { value: await read(), notSeen: [] };
  } catch (error) {
    if (!(error instanceof Error && isDenied(error.cause))) throw error;
    return { notSeen: [{ ...without, because: error.message }] };
  }
}

async function readRunTime(
  tableName: string,
  { access, caller, nowMs }: Place,
): Promise<NonNullable<LiveRemediation['runTime']>> {
  const client = new DynamoDBClient(clientSettingsOf(access));
  try {
    const item = await readAccount({ client, tableName, deployment: caller, nowMs });
    return { isKilled: isKilled(item), isTripped: isTripped(item) };
  } catch (error) {
    const cause = error instanceof GuardrailError ? error.cause : error;
    throw tableFailed(cause, tableName, 'could not read');
  } finally {
    client.destroy();
  }
}
