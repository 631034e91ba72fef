import { type Home, parseFunctionName, toFunctionArn } from './function-name.ts';
import { parseIsoTime, toIsoTime } from './iso-time.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import { quote } from './quote.ts';

/** What an operator approves although the breaker is tripped. */
export interface Plan {
  /** Of the policy by which the remediations were planned: a changed one plans others. */
  readonly policyHash: string;
  readonly functionArns: readonly string[];
  /** So many remediations at most. */
  readonly max: number;
  readonly expiresMs: number;
}

/** A plan, or everything that is wrong with it. */
export type ParsedPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Where a plan was read, and where its functions are. */
export interface PlanPlace {
  readonly file: string;
  readonly home: Home;
}

/** A remediation that asks whether a plan approves it. */
export interface Planned {
  readonly functionArn: string;
  readonly policyHash: string;
  readonly nowMs: number;
}

const KEYS = ['policyHash', 'functions', 'max', 'expires'];
const HASH = /^[0-9a-f]{64}$/;
/** The account item holds the plan, and is read for every remediation that is withheld. */
const MOST_FUNCTIONS = 1000;
const MOST_REMEDIATIONS = 1000;

/** Reads a plan file. */
export function parsePlan(text: string, { file, home }: PlanPlace): ParsedPlan {
  const value = parseJson(text);
  if (!isRecord(value)) {
    return { ok: false, faults: [`\`${file}\`: expected a JSON object`] };
  }
  const faults: string[] = [];
  const parsed = {
    policyHash: parseHash(value, faults),
    functionArns: parseFunctions(value, home, faults),
    max: parseMax(value, faults),
    expiresMs: parseExpiry(value, faults),
  };
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) {
      faults.push(`unknown key ${quote(key)}: expected one of ${KEYS.join(', ')}`);
    }
  }
  return faults.length === 0
    ? { ok: true, plan: parsed }
    : { ok: false, faults: faults.map((fault) => `\`${file}\` ${fault}`) };
}

/** Writes a plan as the file that it is read from. */
export function writePlan({ policyHash, functionArns, max, expiresMs }: Plan): string {
  return JSON.stringify({
    policyHash,
    functions: functionArns,
    max,
    expires: toIsoTime(expiresMs),
  });
}

/** Tells whether a plan approves remediations of a function by a policy, now. */
export function isApproved(plan: Plan, { functionArn, policyHash, nowMs }: Planned): boolean {
  return (
    plan.policyHash === policyHash &&
    nowMs < plan.expiresMs &&
    plan.functionArns.includes(functionArn)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseHash({ policyHash }: JsonRecord, faults: string[]): string {
  if (typeof policyHash === 'string' && HASH.test(policyHash)) return policyHash;
  faults.push(
    `\`policyHash\`: expected the hash of a compiled policy, 64 hex digits, got ${quote(policyHash)}`,
  );
  return '';
}

function parseFunctions(
  { functions }: JsonRecord,
  home: Home,
  faults: string[],
): readonly string[] {
  if (!Array.isArray(functions) || functions.length === 0 || functions.length > MOST_FUNCTIONS) {
    const got = Array.isArray(functions) ? `a list of ${functions.length}` : quote(functions);
    faults.push(
      `\`functions\`: expected 1 to ${MOST_FUNCTIONS} names or ARNs in a list, got ${got}`,
    );
    return [];
  }
  const arns = functions.flatMap((item: unknown, index) => {
    const arn = parseFunction(item, home);
    if (arn !== undefined) return [arn];
    const expected = `a function of account ${home.account} in ${home.region} by name or ARN, without version or alias`;
    faults.push(`\`functions[${index}]\`: expected ${expected}, got ${quote(item)}`);
    return [];
  });
  return [...new Set(arns)];
}

function parseFunction(item: unknown, home: Home): string | undefined {
  const name = typeof item === 'string' ? parseFunctionName(item) : undefined;
  const { account = home.account, region = home.region, qualifier } = name ?? {};
  const isHere = account === home.account && region === home.region && qualifier === undefined;
  return name !== undefined && isHere ? toFunctionArn(name, home) : undefined;
}

function parseMax({ max }: JsonRecord, faults: string[]): number {
  const count = Number.isInteger(max) ? Number(max) : 0;
  if (count < 1 || count > MOST_REMEDIATIONS) {
    faults.push(
      `\`max\`: expected a whole number from 1 to ${MOST_REMEDIATIONS}, got ${quote(max)}`,
    );
  }
  return count;
}

function parseExpiry({ expires }: JsonRecord, faults: string[]): number {
  const expiresMs = typeof expires === 'string' ? parseIsoTime(expires) : undefined;
  if (expiresMs === undefined) {
    faults.push(
      `\`expires\`: expected a time such as \`2026-11-22T09:30:00Z\`, got ${quote(expires)}`,
    );
  }
  return expiresMs ?? 0;
}
