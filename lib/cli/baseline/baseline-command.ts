import type { Attachment } from '../../../functions/core/attachment.ts';
import { parseFunctionName, toFunctionArn } from '../../../functions/core/function-name.ts';
import {
  type BaselineAct,
  forgetBaseline,
  setBaseline,
} from '../../../functions/core/operator-baseline.ts';
import { quote } from '../../../functions/core/quote.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { actorOf } from '../operator/actor-of.ts';
import {
  actOf,
  type OperatorAccount,
  type OperatorOptions,
  parseReason,
  withAccount,
} from '../operator/operator-account.ts';
import { tellChange } from '../operator/tell-change.ts';
import { type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describeBaseline, renderBaseline } from './describe-baseline.ts';
import { type AttachmentFlags, parseGiven } from './given-attachment.ts';
import { sayChanged, warnOf } from './said-of-change.ts';
import { readKnown, stepRecord } from './step-record.ts';

/** How `baseline forget` is run. */
export interface ForgetOptions extends OperatorOptions {
  readonly reason: string;
}

/** How `baseline set` is run. */
export interface SetOptions extends ForgetOptions, AttachmentFlags {}

/** What a command does to a record. */
interface Change {
  readonly asked: string;
  readonly command: string;
  readonly step: (
    record: FunctionRecord,
    act: BaselineAct,
  ) => FunctionRecord | Promise<FunctionRecord>;
}

/** Says where reverts of a function go. */
export function showBaseline(
  asked: string,
  options: OperatorOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  checkFunction(asked);
  return withAccount(options, terminal.nowMs, async (account) => {
    const record = await readKnown(arnOf(asked, account), account);
    const described = describeBaseline(record, account);
    const { format } = options;
    terminal.print(format === 'json' ? toJson(described) : renderBaseline(described, terminal));
    return EXIT.clean;
  });
}

/** Makes what a function is attached to, or what was typed, its last good attachment. */
export async function runSet(
  asked: string,
  options: SetOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const given = parseGiven(options);
  const attachmentOf = async (functionArn: string): Promise<Attachment> => {
    if (given === undefined) {
      const { readAttachment } = await import('./read-attachment.ts');
      return readAttachment(functionArn, options);
    }
    const { withVpc } = await import('./find-vpc.ts');
    return withVpc(given, options);
  };
  const step: Change['step'] = async (record, act) =>
    setBaseline(record, await attachmentOf(record.functionArn), act);
  return run({ asked, command: 'baseline set', step }, options, terminal);
}

/** Forgets a function's last good attachment. */
export function runForget(
  asked: string,
  options: ForgetOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  return run({ asked, command: 'baseline forget', step: forgetBaseline }, options, terminal);
}

async function run(
  { asked, command, step }: Change,
  options: ForgetOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  checkFunction(asked);
  const reason = parseReason(options.reason);
  return withAccount(options, terminal.nowMs, async (account) => {
    const act = actOf(account, command, reason);
    const said = { who: actorOf(account.by), reason, nowMs: act.atMs };
    const functionArn = arnOf(asked, account);
    const stepped = await stepRecord(functionArn, account, (record) => step(record, said));
    const { before, after } = stepped;
    const about = {
      functionArn,
      ...(before.baseline === undefined ? {} : { before: before.baseline.attachment }),
      ...(after.baseline === undefined ? {} : { after: after.baseline.attachment }),
    };
    const isChanged = before !== after;
    tellChange(
      { account, act, isChanged, said: sayChanged(stepped), about, isLetThrough: false },
      options,
      terminal,
    );
    const warning = warnOf(after);
    if (warning !== undefined) terminal.tell(warning);
    return EXIT.clean;
  });
}

const EXPECTED = 'the name or the ARN of a function, without version or alias';

function checkFunction(asked: string): void {
  const name = parseFunctionName(asked);
  if (name !== undefined && name.qualifier === undefined) return;
  throw new UsageError(`expected ${EXPECTED}, got ${quote(asked)}`);
}

/** The table knows the functions of one account and region. */
function arnOf(asked: string, { budget: { deployment } }: OperatorAccount): string {
  const name = parseFunctionName(asked);
  const { account = deployment.account, region = deployment.region } = name ?? {};
  if (name !== undefined && account === deployment.account && region === deployment.region) {
    return toFunctionArn(name, deployment);
  }
  const place = `account ${deployment.account} in ${deployment.region}`;
  throw new UsageError(`expected a function of ${place}, got ${quote(asked)}`);
}
