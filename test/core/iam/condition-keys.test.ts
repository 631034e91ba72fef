import { describe, expect, it } from 'vitest';
import {
  describeAbsence,
  isMultiValuedKey,
  spellKey,
} from '../../../functions/core/iam/condition-keys.ts';

describe('the condition keys', () => {
  it.each([
    { key: 'lambda:VpcIds', isMultiValued: false, absence: 'is absent (no VPC)' },
    { key: 'lambda:SubnetIds', isMultiValued: true, absence: 'is absent (no VPC)' },
    { key: 'lambda:SecurityGroupIds', isMultiValued: true, absence: 'is absent (no VPC)' },
    { key: 'lambda:Layer', isMultiValued: true, absence: 'is absent' },
    { key: 'lambda:SourceFunctionArn', isMultiValued: false, absence: 'is absent' },
    { key: 'aws:PrincipalArn', isMultiValued: false, absence: 'is absent' },
    { key: 'aws:PrincipalAccount', isMultiValued: false, absence: 'is absent' },
    { key: 'aws:RequestedRegion', isMultiValued: false, absence: 'is absent' },
    { key: 'aws:PrincipalOrgPaths', isMultiValued: true, absence: 'is absent' },
    { key: 'aws:PrincipalServiceNamesList', isMultiValued: true, absence: 'is absent' },
    { key: 'aws:ResourceOrgPaths', isMultiValued: true, absence: 'is absent' },
    { key: 'aws:SourceOrgPaths', isMultiValued: true, absence: 'is absent' },
    { key: 'aws:CalledVia', isMultiValued: true, absence: 'is absent' },
    { key: 'aws:TagKeys', isMultiValued: true, absence: 'is absent' },
    { key: 'dynamodb:Attributes', isMultiValued: true, absence: 'is absent' },
    { key: 'dynamodb:LeadingKeys', isMultiValued: true, absence: 'is absent' },
  ])('know $key, however a document spells it', ({ key, isMultiValued, absence }) => {
    const lower = key.toLowerCase();

    expect(spellKey(lower)).toBe(key);
    expect(isMultiValuedKey(lower)).toBe(isMultiValued);
    expect(describeAbsence(lower)).toBe(absence);
  });

  it('take a key that nobody knows for one of a single value', () => {
    expect(spellKey('acme:team')).toBe('acme:team');
    expect(isMultiValuedKey('acme:team')).toBe(false);
    expect(describeAbsence('acme:team')).toBe('is absent');
  });
});
