import { forgetJudge, type Principal, type Principals } from '../identity/principals.ts';
import { readPolicy } from '../identity/resource-policy.ts';
import { allOf, findPrincipalNamed, type PrincipalKind } from './find-principal.ts';
import { checkName, iamFault, malformedPolicy, noSuchEntity } from './iam-faults.ts';
import { encodeDocument } from './views.ts';

/** All inline policies together, white space left aside. */
const LARGEST: Readonly<Record<PrincipalKind, number>> = { user: 2048, role: 10_240 };

/** One inline policy of one user or role. */
export interface PolicyPlace {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly policyName: string;
}

/** Adds or replaces an inline policy; it counts from the next call on. */
export function putPolicy(
  principals: Principals,
  { kind, name, policyName }: PolicyPlace,
  text: string,
): void {
  const principal = findPrincipalNamed(principals, kind, name);
  checkName(policyName, 'policyName', 128);
  const read = readPolicy(policyName, text, { allowPrincipal: false });
  if (!read.ok) throw malformedPolicy(read.reason);
  checkSize(principal, policyName, text);
  principal.policies.set(policyName, { text, document: read.document });
  forgetJudge(principals, principal);
}

/** The text of an inline policy, URL-encoded as IAM answers it. */
export function getPolicy(principals: Principals, place: PolicyPlace): string {
  const { kind, name, policyName } = place;
  const policy = findPrincipalNamed(principals, kind, name).policies.get(policyName);
  if (policy === undefined) throw noSuchEntity(`${kind} policy with name ${policyName}`);
  return encodeDocument(policy.text);
}

/** Removes an inline policy; it stops counting from the next call on. */
export function deletePolicy(principals: Principals, place: PolicyPlace): void {
  const { kind, name, policyName } = place;
  const principal = findPrincipalNamed(principals, kind, name);
  if (!principal.policies.delete(policyName)) {
    throw noSuchEntity(`${kind} policy with name ${policyName}`);
  }
  forgetJudge(principals, principal);
}

/** Replaces the trust policy of a role. */
export function replaceTrust(principals: Principals, name: string, text: string): void {
  const role = findPrincipalNamed(principals, 'role', name);
  checkTrust(name, text);
  allOf(principals, 'role').set(name, { ...role, trust: text });
}

/** Refuses what is no trust policy. */
export function checkTrust(name: string, text: string): void {
  const read = readPolicy(name, text, { allowPrincipal: true });
  if (!read.ok) throw malformedPolicy(read.reason);
}

function checkSize(principal: Principal, policyName: string, text: string): void {
  const others = [...principal.policies].filter(([name]) => name !== policyName);
  const texts = [...others.map(([, policy]) => policy.text), text];
  const size = texts.reduce((sum, one) => sum + one.replace(/\s/g, '').length, 0);
  const largest = LARGEST[principal.kind];
  if (size <= largest) return;
  throw iamFault(
    'LimitExceeded',
    `Maximum policy size of ${largest} bytes exceeded for ${principal.kind} ${principal.name}`,
    409,
  );
}
