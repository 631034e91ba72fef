import type { Finding } from './finding.ts';
import { functionNameOf } from './function-name.ts';
import { parseIsoTime } from './iso-time.ts';
import type { CompiledPolicy, Exemption } from './policy.ts';
import { isTrusted, parseTagPattern, type TagWrites } from './trusted-tags.ts';
import { matchesAny } from './wildcard.ts';

const MS_PER_DAY = 86_400_000;

/** What is remembered of an exemption. */
export interface MetExemption {
  /** When a deployed policy with it was first at work. */
  readonly metMs: number;
  /** Whether people were told that it ends soon. */
  readonly isEndTold: boolean;
}

/** What is remembered of exemptions, by their ids. */
export type MetExemptions = ReadonlyMap<string, MetExemption>;

/** What decides whether an exemption is about a function. */
export interface Exempted {
  readonly functionArn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly tagWrites: TagWrites;
  /** It is proved that the function existed by then. */
  readonly existedAtMs: number;
  readonly met: MetExemptions;
  readonly nowMs: number;
}

/** Marks the findings that somebody answers for; the others stay as they are. */
export function coverFindings(
  findings: readonly Finding[],
  policy: Pick<CompiledPolicy, 'exemptions' | 'trustedTags'>,
  exempted: Exempted,
): readonly Finding[] {
  const covering = policy.exemptions.filter((exemption) => covers(exemption, policy, exempted));
  if (covering.length === 0) return findings;
  return findings.map((finding) => {
    const { status } = finding.verdict;
    if (status !== 'violation' && status !== 'unknown') return finding;
    const exemption = covering.find(({ controls }) => controls.includes(finding.controlId));
    if (exemption === undefined) return finding;
    const { owner, reason, expires } = exemption;
    return { ...finding, exemption: { owner, reason, expires } };
  });
}

/** The exemptions whose first meeting matters: they cover by name only what was there before. */
export function datedExemptions({ exemptions }: Pick<CompiledPolicy, 'exemptions'>) {
  return exemptions.filter(
    ({ functions, includeNew }) =>
      !includeNew && functions.some((pattern) => parseTagPattern(pattern) === undefined),
  );
}

/** When an exemption ends: the last moment of its day, in UTC. */
export function endOf({ expires }: Pick<Exemption, 'expires'>): number {
  return (parseIsoTime(`${expires}T00:00:00Z`) ?? 0) + MS_PER_DAY;
}

/** The exemptions that end within so many days and have not ended yet. */
export function endingSoon(
  { exemptions, notify }: Pick<CompiledPolicy, 'exemptions' | 'notify'>,
  nowMs: number,
): readonly Exemption[] {
  const withinMs = notify.exemptionExpiryDays * MS_PER_DAY;
  return exemptions.filter((exemption) => {
    const leftMs = endOf(exemption) - nowMs;
    return leftMs > 0 && leftMs <= withinMs;
  });
}

function covers(
  exemption: Exemption,
  policy: Pick<CompiledPolicy, 'trustedTags'>,
  exempted: Exempted,
): boolean {
  if (exempted.nowMs >= endOf(exemption)) return false;
  const name = functionNameOf(exempted.functionArn);
  const wasThere = exempted.existedAtMs < (exempted.met.get(exemption.id)?.metMs ?? 0);
  return exemption.functions.some((pattern) => {
    const tag = parseTagPattern(pattern);
    if (tag !== undefined) return isTrusted(tag, policy.trustedTags, exempted);
    return (exemption.includeNew || wasThere) && matchesAny([pattern], name);
  });
}
