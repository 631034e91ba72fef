import { parsePlan } from '../../../functions/core/plan.ts';
import { quote } from '../../../functions/core/quote.ts';
import { readText } from '../../policy/read-document.ts';
import { scanJson } from '../../policy/scan-json.ts';
import { createPositions } from '../../policy/text-position.ts';
import { UsageError } from '../usage-error.ts';
import type { OperatorAccount } from './operator-account.ts';

type Parsed = ReturnType<typeof parsePlan>;
type Good = Extract<Parsed, { readonly ok: true }>['plan'];

const LONGEST_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/** Reads the text of a plan. */
export function readPlan(file: string): string {
  const read = readText(file);
  if (read.ok) return read.text;
  throw new UsageError(`could not read the plan \`${file}\`: ${read.fault}`);
}

/** Answers a plan that may be approved here and now, or all that speaks against it. */
export function checkPlan(text: string, file: string, account: OperatorAccount): Parsed {
  const faults = faultsOfText(text, file);
  if (faults.length > 0) return { ok: false, faults };
  const parsed = parsePlan(text, { file, home: account.budget.deployment });
  if (!parsed.ok) return parsed;
  const now = faultsNow(parsed.plan, account).map((fault) => `\`${file}\` ${fault}`);
  return now.length === 0 ? parsed : { ok: false, faults: now };
}

function faultsOfText(text: string, file: string): readonly string[] {
  const positionOf = createPositions(text);
  const at = (offset: number) => `\`${file}\`:${positionOf(offset)}`;
  const scanned = scanJson(text);
  if (!scanned.ok) return [`${at(scanned.offset)} no JSON: expected ${scanned.expected}`];
  return scanned.repeated.map(
    ({ key, offset }) => `${at(offset)} key ${quote(key)} is there twice: the first would be lost`,
  );
}

/** What a good plan cannot approve any more, or not here. */
function faultsNow({ policyHash, expiresMs }: Good, { budget, deployed }: OperatorAccount) {
  const until = new Date(expiresMs).toISOString();
  const leftMs = expiresMs - budget.nowMs();
  return [
    ...(deployed === undefined || deployed.policyHash === policyHash
      ? []
      : [
          `\`policyHash\`: expected \`${deployed.policyHash}\`, the policy that is deployed, got ${quote(policyHash)}`,
        ]),
    ...(leftMs > 0 ? [] : [`\`expires\`: expected a time in the future, got \`${until}\``]),
    ...(leftMs <= LONGEST_DAYS * MS_PER_DAY
      ? []
      : [`\`expires\`: expected a time within ${LONGEST_DAYS} days, got \`${until}\``]),
  ];
}
