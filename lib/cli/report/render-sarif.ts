import type { Log, Result, Run } from 'sarif';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { redact } from '../../../functions/core/redact.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { toJson } from '../terminal.ts';
import type { Report } from './report.ts';
import { NOTIFICATIONS, toNotifications } from './sarif-notifications.ts';
import { toPlace, toPolicyUri } from './sarif-place.ts';
import { LEVELS, toRules } from './sarif-rules.ts';
import { toMessage } from './sarif-text.ts';
import { worstFirst } from './worst-first.ts';

const TOOL = 'lambda-vpc-guardrail';

/**
 * Code scanning refuses a file with more.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#validating-your-sarif-file
 */
const MOST_RESULTS = 25_000;

/** Writes a report for code scanning, in SARIF 2.1.0: every violation is a result, what is exempt is marked as suppressed. */
export function renderSarif(report: Report): string {
  return toJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [toRun(report)],
  } satisfies Log);
}

function toRun(report: Report): Run {
  const { findings, scan, unfinished, omitted } = report;
  const violations = worstFirst(findings).filter(({ verdict }) => verdict === 'violation');
  const shown = violations.slice(0, MOST_RESULTS);
  const rules = toRules(findings);
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const policyUri = toPolicyUri(scan?.policy.file);
  const notifications = toNotifications(report, violations.length - shown.length);
  return {
    tool: {
      driver: {
        name: TOOL,
        version: packageJson.version,
        rules,
        notifications: [...NOTIFICATIONS],
      },
    },
    ...(scan === undefined
      ? {}
      : // Two regions are two analyses: one does not close the alerts of the other.
        { automationDetails: { id: `${TOOL}/${scan.account}/${scan.region}/${report.reportId}` } }),
    invocations: [
      {
        executionSuccessful: unfinished === undefined && (omitted?.findings ?? 0) === 0,
        ...(scan === undefined ? {} : { endTimeUtc: scan.observedAt }),
        toolExecutionNotifications: notifications,
      },
    ],
    results: shown.map((finding) => ({
      ...toResult(finding, policyUri),
      ruleIndex: places.get(finding.controlId) ?? -1,
    })),
    properties: propertiesOf(report, policyUri),
  };
}

function toResult(finding: ReportedFinding, policyUri: string): Result {
  const { id, controlId, functionArn, severity, reason, exemption } = finding;
  return {
    ruleId: controlId,
    kind: 'fail',
    level: LEVELS[severity],
    message: toMessage(`${functionNameOf(functionArn)}: ${reason}`),
    locations: [toPlace(policyUri, functionArn)],
    // GitHub knows an alert again by the first of these alone.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, 'findingId/v1': id },
    suppressions: exemption === undefined ? [] : [toSuppression(exemption)],
    properties: toProperties(finding),
  };
}

function toSuppression({ owner, reason, expires }: NonNullable<ReportedFinding['exemption']>) {
  const justification = redact(`${reason} (${owner} answers for it until ${expires})`);
  return { kind: 'external', status: 'accepted', justification } as const;
}

/** What else there is to know of a finding, as the report names it. */
function toProperties(finding: ReportedFinding) {
  const { severity, statement, attachment, baseline, actor, exemption } = finding;
  const { remediation, eventId, observedAt } = finding;
  const given = { severity, statement, attachment, baseline, actor, exemption };
  return redactAll({ ...given, remediation, eventId, observedAt });
}

function propertiesOf(report: Report, policyUri: string) {
  const { reportId, scanned, compliant, idle, apiCalls, durationMs, scan } = report;
  const counts = { reportId, scanned, compliant, idle: idle.length, apiCalls, durationMs };
  if (scan === undefined) return counts;
  const { account, region, policy } = scan;
  return { ...counts, account, region, policy: { ...policy, file: policyUri } };
}

function redactAll<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, one) =>
    typeof one === 'string' ? redact(one) : one,
  );
}
