import { type Look, violationsOf } from './look.ts';

/** Nothing says anything against it. */
export const COMPLIANT = 'it is compliant';

/** Says why nothing has to be done about an attachment. */
export function standing({ findings }: Pick<Look, 'findings'>): string {
  if (violationsOf(findings).length > 0) return 'nothing is left that the policy acts on';
  const exempt = findings.find(({ exemption }) => exemption !== undefined)?.exemption;
  return exempt === undefined
    ? COMPLIANT
    : `it is exempt: ${exempt.owner} answers for it until ${exempt.expires}`;
}
