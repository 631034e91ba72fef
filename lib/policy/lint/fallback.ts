import { JUDGEABLE_KEYS } from '../../../functions/core/controls/access-documents-allow.ts';
import {
  type AccessJudge,
  compileAccess,
  hasAllowFor,
} from '../../../functions/core/iam/evaluate.ts';
import type { CompiledPolicy, FallbackAttachment } from '../../../functions/core/policy.ts';
import { SAMPLE_FUNCTION } from './without-vpc.ts';

const ACTION = 'lambda:UpdateFunctionConfiguration';
const SUBNETS = 'lambda:subnetids';
const GROUPS = 'lambda:securitygroupids';

/** A fallback that is refused, and the one that would not be. */
export interface BadFallback {
  readonly message: string;
  /** Undefined where the documents name nothing that they allow. */
  readonly instead: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** Judges the fallback as far as it can be judged without its VPC and the principal. */
export function findBadFallback({
  access,
  fallbackAttachment: fallback,
}: Pick<CompiledPolicy, 'access' | 'fallbackAttachment'>): BadFallback | undefined {
  if (fallback === undefined) return undefined;
  const judge = compileAccess(access);
  const isImplicit = hasAllowFor(access, ACTION);
  const whyRefused = (ids: Readonly<Record<string, readonly string[]>>): string | undefined => {
    const { outcome, reason } = judge(toRequest(ids));
    const isRefused =
      outcome === 'explicitly-denied' || (isImplicit && outcome === 'implicitly-denied');
    return isRefused ? reason : undefined;
  };
  const reason = whyRefused(toIds(fallback));
  if (reason === undefined) return undefined;
  const choose = (key: string, own: readonly string[]): readonly string[] => {
    const isGood = (id: string) => whyRefused({ [key]: [id] }) === undefined;
    const good = own.filter(isGood);
    return good.length > 0 ? good : namedIn(access, key).filter(isGood);
  };
  const better = {
    subnetIds: choose(SUBNETS, fallback.subnetIds),
    securityGroupIds: choose(GROUPS, fallback.securityGroupIds),
    onCreate: fallback.onCreate,
  };
  const isEmpty = better.subnetIds.length === 0 || better.securityGroupIds.length === 0;
  const isBetter = !isEmpty && whyRefused(toIds(better)) === undefined;
  const message = `the documents refuse the fallback, so that nothing is ever moved there: ${reason}`;
  return { message, instead: isBetter ? [better] : undefined };
}

function toIds({ subnetIds, securityGroupIds }: FallbackAttachment) {
  return { [SUBNETS]: subnetIds, [GROUPS]: securityGroupIds };
}

function toRequest(ids: Readonly<Record<string, readonly string[]>>): Parameters<AccessJudge>[0] {
  // The VPC and the caller are known only when a function is moved there.
  const unknown = JUDGEABLE_KEYS.filter((key) => ids[key] === undefined);
  return {
    action: ACTION,
    resource: SAMPLE_FUNCTION,
    context: ids,
    unknownKeys: new Set(unknown),
  };
}

/** The ids that statements list for a key. */
function namedIn(access: CompiledPolicy['access'], key: string): readonly string[] {
  const ids = access
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => condition.key === key && condition.operator !== 'Null')
    .flatMap(({ values }) => values)
    .filter((value) => !/[*?]/.test(value));
  return [...new Set(ids)];
}
