import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { documentsOf } from './access-documents.ts';
import { controlsWith, enforcingPolicy } from './builders.ts';

/** The role that may attach functions to `vpc-8`, and nobody else. */
export const PLATFORM = 'arn:aws:iam::123456789012:role/platform';

/** Functions of this name are exempt from LVG.1. */
export const EXEMPT_PREFIX = 'exempt-';

/** A policy that is deployed in a chaos run, and what decides there. */
export interface ChaosPolicy {
  readonly name: string;
  readonly policy: CompiledPolicy;
  /** Whether `vpc-8` is there for the platform's role. */
  readonly isPlatformLet: boolean;
}

const Action = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];
const DENY = { Effect: 'Deny', Action, Resource: '*' };
const NEEDS_VPC = { ...DENY, Sid: 'NeedsVpc', Condition: { Null: { 'lambda:VpcIds': 'true' } } };

/** `vpc-1` for everybody, and `vpc-8` for the platform's role. */
const USUAL_ACCESS = documentsOf({
  Version: '2012-10-17',
  Statement: [
    NEEDS_VPC,
    {
      ...DENY,
      Sid: 'OnlyTheseVpcs',
      Condition: { StringNotEquals: { 'lambda:VpcIds': ['vpc-1', 'vpc-8'] } },
    },
    {
      ...DENY,
      Sid: 'Vpc8IsThePlatforms',
      Condition: {
        StringEquals: { 'lambda:VpcIds': 'vpc-8' },
        ArnNotEquals: { 'aws:PrincipalArn': PLATFORM },
      },
    },
  ],
});

const TIGHT_ACCESS = documentsOf({
  Version: '2012-10-17',
  Statement: [
    NEEDS_VPC,
    { ...DENY, Sid: 'OnlyVpc1', Condition: { StringNotEquals: { 'lambda:VpcIds': 'vpc-1' } } },
  ],
});

const COMMON: Partial<CompiledPolicy> = {
  controls: controlsWith({
    'LVG.3': { severity: 'critical', onCreate: 'quarantine', onChange: 'revert', contain: true },
    'LVG.15': {},
  }),
  fallbackAttachment: { subnetIds: ['subnet-3'], securityGroupIds: ['sg-1'], onCreate: false },
  idle: { report: true, wake: ['*-0', '*-1', '*-2'] },
  sweep: { everyHours: 0.2, share: 1, versions: true },
  limits: {
    accountRemediations: { max: 40, perMinutes: 15 },
    functionReverts: { max: 3, perMinutes: 60 },
  },
  exemptions: [
    {
      id: 'exemption-1',
      functions: [`${EXEMPT_PREFIX}*`],
      controls: ['LVG.1'],
      owner: 'payments',
      reason: 'a migration',
      expires: '2026-11-28',
      includeNew: true,
    },
  ],
};

function deployable(name: string, given: Partial<CompiledPolicy>): CompiledPolicy {
  return enforcingPolicy({ ...COMMON, access: USUAL_ACCESS, hash: name, ...given });
}

/** What operators deploy. */
export const CHAOS_POLICIES = {
  usual: { name: 'usual', policy: deployable('usual', {}), isPlatformLet: true },
  tight: {
    name: 'tight',
    policy: deployable('tight', { access: TIGHT_ACCESS }),
    isPlatformLet: false,
  },
  audit: { name: 'audit', policy: deployable('audit', { mode: 'audit' }), isPlatformLet: true },
} as const satisfies Record<string, ChaosPolicy>;
