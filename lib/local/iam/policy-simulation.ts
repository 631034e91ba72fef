import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  PolicySourceType,
  ResourceSpecificResult,
  Statement,
} from '@aws-sdk/client-iam';
import { spellKey } from '../../../functions/core/iam/condition-keys.ts';
import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import {
  type AccessJudge,
  type AccessRequest,
  compileAccess,
} from '../../../functions/core/iam/evaluate.ts';
import { findStatements, type StatementPosition } from './statement-positions.ts';

/** A policy that is simulated, and where it comes from. */
export interface SimulatedPolicy {
  readonly id: string;
  readonly type: PolicySourceType;
  readonly document: AccessDocument;
  readonly text: string;
}

/** What is asked of the policies. */
export interface SimulatedCalls {
  readonly actions: readonly string[];
  /** `*` alone, or ARNs. */
  readonly resources: readonly string[];
  readonly context: AccessRequest['context'];
  /** What stands above the account, every one of which has to allow a call; none without an organization. */
  readonly serviceControls: readonly AccessJudge[];
}

/** One statement of one policy, judged by itself. */
interface SimulatedStatement {
  readonly source: SimulatedPolicy;
  readonly position: StatementPosition | undefined;
  /** What it says of a call, were it alone. */
  readonly judge: AccessJudge;
  /** What it would say of a call, were its conditions left aside. */
  readonly judgeUnconditionally: AccessJudge;
  /** The keys that its conditions ask for. */
  readonly keys: readonly string[];
}

interface Simulator {
  readonly serviceControls: readonly AccessJudge[];
  readonly judge: AccessJudge;
  readonly statements: readonly SimulatedStatement[];
}

interface Answer {
  readonly isAllowedAbove: boolean;
  readonly decision: PolicyEvaluationDecisionType;
  readonly matched: readonly SimulatedStatement[];
  readonly missing: readonly string[];
}

const DECISIONS = {
  allowed: 'allowed',
  'explicitly-denied': 'explicitDeny',
  'implicitly-denied': 'implicitDeny',
  // Every value is in the call or absent, so the evaluator never has to guess.
  unknown: 'implicitDeny',
} as const;

/** The most restrictive first. */
const BY_SEVERITY: readonly PolicyEvaluationDecisionType[] = ['explicitDeny', 'implicitDeny'];

/**
 * Simulates policies: one result an action, which sums up what holds for each of its resources.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulatePolicies(
  policies: readonly SimulatedPolicy[],
  { actions, resources, context, serviceControls }: SimulatedCalls,
): readonly EvaluationResult[] {
  const simulator: Simulator = {
    serviceControls,
    judge: compileAccess(policies.map(({ document }) => document)),
    statements: policies.flatMap(toSimulatedStatements),
  };
  const namesResources = resources.some((resource) => resource !== '*');
  return actions.map((action) => {
    const answers = resources.map((resource) => simulate(simulator, { action, resource, context }));
    return {
      ...toResult(action, answers),
      ...(serviceControls.length === 0 ? {} : toOrganizations(answers)),
      ...(namesResources ? { ResourceSpecificResults: toSpecificResults(resources, answers) } : {}),
    };
  });
}

function toSimulatedStatements(source: SimulatedPolicy): readonly SimulatedStatement[] {
  const { name, statements } = source.document;
  const positions = findStatements(source.text);
  return statements.map((statement, index) => ({
    source,
    position: positions[index],
    judge: compileAccess([{ name, statements: [statement] }]),
    judgeUnconditionally: compileAccess([{ name, statements: [{ ...statement, conditions: [] }] }]),
    keys: statement.conditions.map(({ key }) => key),
  }));
}

function simulate({ serviceControls, judge, statements }: Simulator, asked: AccessRequest): Answer {
  const own = judge(asked).outcome;
  const isAllowedAbove = serviceControls.every((control) => control(asked).outcome === 'allowed');
  // AWS: what an organization does not allow is an implicit deny, whoever allows it.
  const outcome = own === 'allowed' && !isAllowedAbove ? 'implicitly-denied' : own;
  const concerned = statements.filter(
    ({ judgeUnconditionally }) => judgeUnconditionally(asked).outcome !== 'implicitly-denied',
  );
  const keys = new Set(concerned.flatMap((statement) => statement.keys));
  return {
    isAllowedAbove,
    decision: DECISIONS[outcome],
    matched:
      outcome === 'implicitly-denied'
        ? []
        : concerned.filter((one) => one.judge(asked).outcome === outcome),
    missing: [...keys].filter((key) => !Object.hasOwn(asked.context, key)).map(spellKey),
  };
}

// AWS: the resource here is the form of the action's ARNs, or `*`; only the resources' own results name them.
function toResult(action: string, answers: readonly Answer[]): EvaluationResult {
  const decisions = answers.map(({ decision }) => decision);
  const decision = BY_SEVERITY.find((severe) => decisions.includes(severe)) ?? 'allowed';
  const deciding = answers.filter((answer) => answer.decision === decision);
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: decision,
    MatchedStatements: toStatements(new Set(deciding.flatMap(({ matched }) => matched))),
    MissingContextValues: [...new Set(answers.flatMap(({ missing }) => missing))],
  };
}

function toOrganizations(
  answers: readonly Answer[],
): Pick<EvaluationResult, 'OrganizationsDecisionDetail'> {
  const AllowedByOrganizations = answers.every(({ isAllowedAbove }) => isAllowedAbove);
  return { OrganizationsDecisionDetail: { AllowedByOrganizations } };
}

function toSpecificResults(
  resources: readonly string[],
  answers: readonly Answer[],
): ResourceSpecificResult[] {
  return answers.map(({ decision, matched, missing }, index) => ({
    EvalResourceName: resources[index],
    EvalResourceDecision: decision,
    MatchedStatements: toStatements(matched),
    MissingContextValues: [...missing],
  }));
}

function toStatements(matched: Iterable<SimulatedStatement>): Statement[] {
  return [...matched].map(({ source, position }) => ({
    SourcePolicyId: source.id,
    SourcePolicyType: source.type,
    ...position,
  }));
}
