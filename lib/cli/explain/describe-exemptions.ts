import { coverFindings, type Exempted, endOf } from '../../../functions/core/exemption.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { CompiledPolicy, Exemption } from '../../../functions/core/policy.ts';
import { parseTagPattern } from '../../../functions/core/trusted-tags.ts';
import { matchesAny } from '../../../functions/core/wildcard.ts';
import type { LiveExemption } from './live.ts';

/** Tells which exemptions of a policy name a function, and why those do not count that do not. */
export function describeExemptions(
  { exemptions, trustedTags }: Pick<CompiledPolicy, 'exemptions' | 'trustedTags'>,
  exempted: Exempted,
): readonly LiveExemption[] {
  return exemptions
    .filter((exemption) => isNamed(exemption, exempted))
    .map((exemption) => {
      const { owner, reason, expires, controls } = exemption;
      const isInForce = covers(exemption, trustedTags, exempted);
      return {
        owner,
        reason,
        expires,
        controls,
        isInForce,
        ...(isInForce ? {} : { because: whyNot(exemption, exempted) }),
      };
    });
}

function isNamed({ functions }: Exemption, { functionArn, tags }: Exempted): boolean {
  return functions.some((pattern) => {
    const tag = parseTagPattern(pattern);
    if (tag === undefined) return matchesAny([pattern], functionNameOf(functionArn));
    return Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value;
  });
}

/** Asked of the very code that covers findings: here it covers one that is made up. */
function covers(
  exemption: Exemption,
  trustedTags: CompiledPolicy['trustedTags'],
  exempted: Exempted,
): boolean {
  const [controlId = ''] = exemption.controls;
  const verdict = { status: 'violation', reason: '' } as const;
  const [covered] = coverFindings(
    [{ controlId, severity: 'low', verdict }],
    { exemptions: [exemption], trustedTags },
    exempted,
  );
  return covered?.exemption !== undefined;
}

function whyNot(exemption: Exemption, { nowMs, functionArn }: Exempted): string {
  if (nowMs >= endOf(exemption)) return 'it is over';
  const isByName = exemption.functions.some(
    (pattern) =>
      parseTagPattern(pattern) === undefined && matchesAny([pattern], functionNameOf(functionArn)),
  );
  return isByName
    ? 'it covers only functions that were there before it'
    : 'none of the tag’s writers was seen to write it';
}
