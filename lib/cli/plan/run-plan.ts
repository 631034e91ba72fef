import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { Severity } from '../../../functions/core/policy.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { counted } from '../operator/counted.ts';
import { printable } from '../printable.ts';
import { isOpenViolation, statusOf } from '../report/report-status.ts';
import { notLookedAt } from '../rescan/not-looked-at.ts';
import { type OpenScan, openScan, type ScanPlace } from '../scan/open-scan.ts';
import type { ScanTerminal } from '../scan/run-scan.ts';
import { scanShown } from '../scan/scan-shown.ts';
import { toRequest } from '../scan/to-request.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describePlan } from './describe-plan.ts';
import { type PlanSeen, planAccount } from './plan-account.ts';
import { EXPIRY_HOURS } from './plan-options.ts';
import type { PlanReport } from './plan-report.ts';
import { type PlanPolicies, type PolicyOptions, readPolicies } from './read-policies.ts';
import { checkPlanOutput, type PlanOutput, showPlan } from './show-plan.ts';
import { checkPlanFile, toPlan, writePlanFile } from './write-plan-file.ts';

/** How `plan` is run. */
export interface PlanOptions extends ScanPlace, PolicyOptions, PlanOutput {
  readonly function?: readonly string[];
  readonly planFile?: string;
  readonly expiresInHours?: number;
  readonly failOn?: Severity;
  readonly quiet?: boolean;
}

/** Says what would change if a policy were enforced, and changes nothing. */
export async function runPlan(
  options: PlanOptions,
  { terminal, stderr }: ScanTerminal,
): Promise<ExitStatus> {
  const { function: asked = [], quiet } = options;
  checkFiles(options);
  const policies = readPolicies(options, terminal);
  if (policies === undefined) return EXIT.badInput;
  checkApprovable(policies, options);
  const open = await openScan(options, terminal.nowMs);
  const request = toRequest(asked, open.caller);
  tellPolicies(policies, open, terminal);
  const { seen } = await scanShown(
    async (onProgress) => {
      const { caller: home, deployment } = open;
      const judged = await planAccount(
        {
          request,
          policy: policies.named.policy,
          against: policies.against?.policy,
          home,
          ownFunctionArns: deployment.ownFunctionArns,
          onProgress,
        },
        open.openReads(policies.named.policy),
      );
      return { ...judged.after.report, seen: judged };
    },
    { access: open.access, stderr, isQuiet: quiet === true, isAll: asked.length === 0 },
  );
  const plan = describe(seen, policies, { open, asked });
  showPlan(plan, options, terminal);
  approve(plan, options, { nowMs: open.nowMs(), tell: terminal.tell });
  return endOf(seen, plan, { options, terminal });
}

function checkFiles({ planFile, expiresInHours, ...output }: PlanOptions): void {
  checkPlanOutput(output);
  if (planFile !== undefined) checkPlanFile(planFile);
  else if (expiresInHours !== undefined) {
    throw new UsageError(
      '`--expires-in-hours` is how long a plan file counts: name one with `--plan-file`',
    );
  }
}

/** By a policy in audit nothing is ever held back, and once it says enforce its hash is another one. */
function checkApprovable(
  { named: { file, policy } }: PlanPolicies,
  { planFile }: Pick<PlanOptions, 'planFile'>,
): void {
  if (planFile === undefined || policy.mode === 'enforce') return;
  throw new UsageError(
    `\`--plan-file\`: \`${printable(file)}\` says mode audit, so that there is nothing to approve: write the plan once it says enforce, which changes the hash that a plan names`,
  );
}

function tellPolicies(
  { named, against }: PlanPolicies,
  { deployment: { tableName } }: Pick<OpenScan, 'deployment'>,
  { tell }: Pick<Terminal, 'tell'>,
): void {
  const compared = against === undefined ? 'nothing' : against.file;
  const records =
    tableName === undefined
      ? 'without records, for no guardrail is deployed here'
      : `by the records of \`${tableName}\``;
  tell(printable(`planning ${named.file}, compared with ${compared}, ${records}`));
}

function describe(
  seen: PlanSeen,
  policies: PlanPolicies,
  { open, asked }: { readonly open: OpenScan; readonly asked: readonly string[] },
): PlanReport {
  const { caller, deployment, blindSpots } = open;
  const { tableName, policyHash } = deployment;
  return describePlan(
    { ...policies, seen, deployedHash: policyHash },
    {
      account: caller.account,
      region: caller.region,
      ...(asked.length === 0 ? {} : { asked }),
      ...(tableName === undefined ? {} : { tableName }),
      notSeen: blindSpots.list(),
      apiCalls: open.countCalls(),
    },
  );
}

/** Writes the plan file, where one is asked for. */
function approve(
  plan: PlanReport,
  { planFile, expiresInHours: hours = EXPIRY_HOURS.usual }: PlanOptions,
  { nowMs, tell }: { readonly nowMs: number } & Pick<Terminal, 'tell'>,
): void {
  if (planFile === undefined) return;
  const approved = toPlan(plan, { hours, nowMs });
  writePlanFile(planFile, approved);
  const what = `${counted(approved.max, 'remediation')} until ${toIsoTime(approved.expiresMs)}`;
  tell(printable(`wrote \`${planFile}\`: it approves ${what}, with \`breaker approve --plan\``));
}

interface Ending {
  readonly options: PlanOptions;
  readonly terminal: Terminal;
}

/** Only what newly violates fails a pipeline. */
function endOf(
  { after: { report } }: PlanSeen,
  { changes }: PlanReport,
  { options: { failOn, function: asked = [] }, terminal }: Ending,
): ExitStatus {
  const missed = notLookedAt(report, asked);
  if (missed !== undefined) terminal.tell(missed);
  const begun = new Set(
    changes.flatMap(({ functionArn, begins }) =>
      begins.map(({ controlId }) => `${functionArn} ${controlId}`),
    ),
  );
  const findings = report.findings.filter(
    (finding) =>
      isOpenViolation(finding) && begun.has(`${finding.functionArn} ${finding.controlId}`),
  );
  return statusOf({ ...report, findings }, { failOn, isAllLookedAt: missed === undefined });
}
