import {
  type Home,
  parseFunctionName,
  toFunctionArn,
} from '../../../functions/core/function-name.ts';
import { quote } from '../../../functions/core/quote.ts';
import type { AwsAccess } from '../aws-access.ts';
import { DEFAULT_STACK } from '../default-stack.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { openScan, type ScanPlace } from '../scan/open-scan.ts';
import { type NamedPolicy, readPolicy } from '../scan/read-policy.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { explainFunction } from './explain-function.ts';
import { explainLive } from './explain-live.ts';
import type { Live } from './live.ts';
import { type Recorded, readRecorded } from './read-recorded.ts';
import { isUntold, type Story, toDocument } from './read-story.ts';
import { renderExplained } from './render-explained.ts';
import { tellListing } from './tell-listing.ts';

/** How `explain` is run. */
export interface RunExplainOptions extends ScanPlace, Pick<AwsAccess, 'profile'> {
  readonly format: Format;
  readonly policy?: string;
  /** Leaves the other functions of the account unlisted. */
  readonly quick?: boolean;
  /** By the table alone. */
  readonly recorded?: boolean;
}

/** What is told of a function: what is recorded, and what is so now. */
export interface Explained {
  readonly story: Story;
  readonly live: Live;
  /** Whether a table was there to hold anything. */
  readonly isDeployed: boolean;
  /** Whether it is known what is recorded, be it nothing. */
  readonly isRecordSeen: boolean;
}

/** Tells of one function what it is, how it is judged, what would be done about it, and what happened to it. */
export async function runExplain(
  asked: string,
  options: RunExplainOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { recorded, stack = DEFAULT_STACK } = options;
  if (recorded === true) return explainFunction(asked, { ...options, stack }, terminal);
  const named = readPolicy(options.policy, terminal);
  if (named === undefined) return EXIT.badInput;
  const explained = await explain(asked, { named, options }, terminal);
  const { format } = options;
  const { story, live } = explained;
  terminal.print(
    format === 'json'
      ? toJson({ ...toDocument(story), live })
      : renderExplained(explained, terminal),
  );
  return EXIT.clean;
}

interface Asked {
  readonly named: NamedPolicy;
  readonly options: RunExplainOptions;
}

async function explain(
  asked: string,
  { named, options }: Asked,
  terminal: Terminal,
): Promise<Explained> {
  const open = await openScan(options, terminal.nowMs);
  const functionArn = functionIn(asked, open.caller);
  const recorded = await readRecorded(functionArn, open);
  const { story, runTime, isSeen: isRecordSeen } = recorded;
  const live = await explainLive(
    {
      functionArn,
      named,
      record: story.record,
      runTime,
      isRecordSeen,
      isQuick: options.quick === true,
      onListed: tellListing(terminal),
    },
    open,
  );
  const isDeployed = open.deployment.tableName !== undefined;
  if (live.function === undefined && isUntold(story))
    throw nothingToTell(functionArn, live, recorded);
  const notSeen = [...recorded.notSeen, ...live.notSeen];
  return { story, live: { ...live, notSeen }, isDeployed, isRecordSeen };
}

/** Reads a name in any form: only the functions of one account and region can be asked for. */
function functionIn(asked: string, home: Home): string {
  const name = parseFunctionName(asked);
  if (name === undefined) {
    throw new UsageError(`expected the name or the ARN of a function, got ${quote(asked)}`);
  }
  const { account = home.account, region = home.region } = name;
  if (account === home.account && region === home.region) return toFunctionArn(name, home);
  const here = `account ${home.account} in ${home.region}`;
  throw new UsageError(`expected a function of ${here}, got ${quote(asked)}`);
}

function nothingToTell(functionArn: string, { unread }: Live, { isSeen }: Recorded): Error {
  if (unread !== undefined) return new Error(unread);
  const more = isSeen ? 'nothing is recorded of one' : 'what is recorded could not be read';
  return new UsageError(`there is no function \`${functionArn}\`, and ${more}`);
}
