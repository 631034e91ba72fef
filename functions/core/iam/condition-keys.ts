interface KeyFacts {
  /** IAM's spelling, for people. */
  readonly spelling: string;
  /** What it means for people that a request lacks the key. */
  readonly absence?: string;
  readonly isMultiValued?: true;
}

/** IAM looks keys up without regard to case; people know them in this spelling. */
const KNOWN_KEYS: readonly KeyFacts[] = [
  { spelling: 'lambda:VpcIds', absence: 'no VPC' },
  { spelling: 'lambda:SubnetIds', absence: 'no VPC', isMultiValued: true },
  { spelling: 'lambda:SecurityGroupIds', absence: 'no VPC', isMultiValued: true },
  { spelling: 'lambda:Layer', isMultiValued: true },
  { spelling: 'lambda:SourceFunctionArn' },
  { spelling: 'aws:PrincipalArn' },
  { spelling: 'aws:PrincipalAccount' },
  { spelling: 'aws:RequestedRegion' },
  { spelling: 'aws:PrincipalOrgPaths', isMultiValued: true },
  { spelling: 'aws:PrincipalServiceNamesList', isMultiValued: true },
  { spelling: 'aws:ResourceOrgPaths', isMultiValued: true },
  { spelling: 'aws:SourceOrgPaths', isMultiValued: true },
  { spelling: 'aws:CalledVia', isMultiValued: true },
  { spelling: 'aws:TagKeys', isMultiValued: true },
  { spelling: 'dynamodb:Attributes', isMultiValued: true },
  { spelling: 'dynamodb:LeadingKeys', isMultiValued: true },
];

const BY_KEY = new Map(KNOWN_KEYS.map((facts) => [facts.spelling.toLowerCase(), facts]));

/** Spells a key as IAM's reference does, where it is known. */
export function spellKey(key: string): string {
  return BY_KEY.get(key)?.spelling ?? key;
}

/** Says in words for people what it means that a request lacks the key. */
export function describeAbsence(key: string): string {
  const absence = BY_KEY.get(key)?.absence;
  return absence === undefined ? 'is absent' : `is absent (${absence})`;
}

/**
 * Tells whether a request may hold several values for the key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function isMultiValuedKey(key: string): boolean {
  return BY_KEY.get(key)?.isMultiValued === true;
}
