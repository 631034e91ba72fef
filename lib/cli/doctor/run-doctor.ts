import type { ExitStatus } from '../exit-status.ts';
import { checkPlace, type TableOptions } from '../find-table.ts';
import { readCaller } from '../read-caller.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { checkAlarms } from './check-alarms.ts';
import { judgeClock } from './check-clock.ts';
import { checkConsumer } from './check-consumer.ts';
import { judgeEndpoint } from './check-endpoint.ts';
import { checkFunctions } from './check-functions.ts';
import { checkOperators } from './check-operators.ts';
import { judgePermissions } from './check-permissions.ts';
import { checkQueues } from './check-queues.ts';
import { checkRegions } from './check-regions.ts';
import { checkRules } from './check-rules.ts';
import { checkSchedule } from './check-schedule.ts';
import { judgeStack } from './check-stack.ts';
import { checkSweep } from './check-sweep.ts';
import { checkTable } from './check-table.ts';
import { checkTopics } from './check-topics.ts';
import { checkTrail } from './check-trail.ts';
import { type Checkup, off } from './checkup.ts';
import { exitOf, toDiagnosis } from './diagnosis.ts';
import type { DoctorAccount, GuardedAccount, TabledAccount } from './doctor-account.ts';
import { readStack, toDeployment } from './find-deployment.ts';
import { renderDoctor } from './render-doctor.ts';
import { requireTable } from './require-table.ts';
import { type Checks, runChecks } from './run-checks.ts';
import { watchCalls } from './watch-calls.ts';

/** How `doctor` is run. */
export interface DoctorOptions extends TableOptions {
  readonly format: Format;
  readonly profile?: string;
  readonly allRegions?: boolean;
  readonly quiet?: boolean;
  /** Whether somebody named the stack: then it has to be there. */
  readonly isStackNamed?: boolean;
}

const ANYWHERE: Checks<DoctorAccount> = { trail: checkTrail, region: checkRegions };

const OF_TABLE: Checks<TabledAccount> = {
  table: checkTable,
  mode: checkOperators,
  sweep: checkSweep,
};

const OF_STACK: Checks<GuardedAccount> = {
  rule: checkRules,
  consumer: checkConsumer,
  queue: checkQueues,
  function: checkFunctions,
  schedule: checkSchedule,
  topic: checkTopics,
  alarm: checkAlarms,
};

/** Looks at all that has to be right for the guardrail to work, side by side, and says what to do. */
export async function runDoctor(
  options: DoctorOptions,
  terminal: Terminal,
  hostNowMs: () => number = Date.now,
): Promise<ExitStatus> {
  checkPlace(options);
  const { stack, table, profile, allRegions = false } = options;
  const calls = watchCalls(hostNowMs);
  const access = { profile, clock: calls.clock };
  const caller = await readCaller(access);
  if (options.quiet !== true) {
    terminal.tell(
      `looking at account ${caller.account}, ${allRegions ? 'every enabled region' : caller.region}`,
    );
  }
  const account = { access, caller, nowMs: calls.clock.nowMs, stack, allRegions };
  const [anywhere, guardrail] = await Promise.all([
    runChecks(ANYWHERE, account),
    checkGuardrail(account, options),
  ]);
  const looked = [...anywhere, ...guardrail];
  const checkups = [
    ...looked,
    judgeEndpoint(caller, calls.endpoints()),
    judgeClock(calls.aheadMs()),
    judgePermissions(looked),
  ];
  const place = table === undefined ? { stack } : { table };
  const diagnosis = toDiagnosis(caller, { place, nowMs: account.nowMs(), checkups });
  const { format } = options;
  terminal.print(format === 'json' ? toJson(diagnosis) : renderDoctor(diagnosis, terminal));
  return exitOf(diagnosis);
}

async function checkGuardrail(
  account: DoctorAccount,
  { table, isStackNamed: isNamed = false }: DoctorOptions,
): Promise<readonly Checkup[]> {
  const { stack, access } = account;
  if (table !== undefined) {
    const about = { topic: 'stack' } as const;
    const seen =
      'not asked, as its table is named: rules, queues, functions, schedule, topics and alarms were not looked at';
    await requireTable(table, access);
    const found = await runChecks(OF_TABLE, { ...account, tableName: table });
    return [off(about, seen, 'name the stack with --stack instead'), ...found];
  }
  const deployment = toDeployment(await readStack(stack, access));
  const judged = judgeStack(deployment, { stack, isNamed });
  if (deployment.kind !== 'deployed') return [judged];
  const { deployed } = deployment;
  const { tableName } = deployed;
  const found = await Promise.all([
    runChecks(OF_TABLE, { ...account, deployed, tableName }),
    runChecks(OF_STACK, { ...account, deployed }),
  ]);
  return [judged, ...found.flat()];
}
