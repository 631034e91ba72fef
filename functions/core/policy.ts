import type { AccessDocument } from './iam/document.ts';

/** `audit` reports; `enforce` acts. */
export type Mode = 'audit' | 'enforce';

/** How much a violation matters, least first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** What a policy may ask for when a control is violated. */
export type WantedRemediation = 'notify' | 'revert' | 'quarantine';

/** What a policy may set of one control beside severity and remediations. */
export type ControlParameters = Readonly<Record<string, unknown>>;

/** How one control is applied. */
export interface ControlSettings {
  readonly enabled: boolean;
  readonly severity: Severity;
  /** The function was created with this attachment. */
  readonly onCreate: WantedRemediation;
  /** The attachment changed since the record. */
  readonly onChange: WantedRemediation;
  /** Found by a rescan, or by an event that left the attachment as it was. */
  readonly onFound: WantedRemediation;
  /** Quarantines while a revert has to wait. */
  readonly contain: boolean;
  /** The control's own; empty where it has none. */
  readonly parameters: ControlParameters;
}

/** Somebody answers for some functions that some controls would refuse, until a day. */
export interface Exemption {
  /** Hash of everything else here: another exemption has another id. */
  readonly id: string;
  /** Patterns of function names, or `tag:key=value`. */
  readonly functions: readonly string[];
  readonly controls: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** The last day that it covers, such as `2027-03-31`, in UTC. */
  readonly expires: string;
  /** Patterns of names also cover functions that came after the exemption. */
  readonly includeNew: boolean;
}

/** A tag that counts, when one of its writers wrote it. */
export interface TrustedTag {
  readonly key: string;
  /** Patterns of the ARNs of principals. */
  readonly writers: readonly string[];
}

/** Where a function goes that has no good baseline. */
export interface FallbackAttachment {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Also for functions that were just created. */
  readonly onCreate: boolean;
}

/** At most `max` within any `perMinutes`. */
export interface Limit {
  readonly max: number;
  readonly perMinutes: number;
}

/** How the whole account is looked at. */
export interface SweepSettings {
  /** So many hours lie between the beginnings of two sweeps. */
  readonly everyHours: number;
  /** How much of Lambda's 15 calls a second sweeps and rescans may use. */
  readonly share: number;
  /** Judge published versions, too. */
  readonly versions: boolean;
}

/** The checked and normalised policy that is bundled into the functions. */
export interface CompiledPolicy {
  readonly version: 1;
  /** Hex digest of everything else here. */
  readonly hash: string;
  readonly mode: Mode;
  readonly access: readonly AccessDocument[];
  readonly controls: Readonly<Record<string, ControlSettings>>;
  readonly autoRelease: boolean;
  readonly idle: {
    readonly report: boolean;
    /** Patterns of function names, `*` and `?` as in IAM, or `tag:key=value`. */
    readonly wake: readonly string[];
  };
  readonly fallbackAttachment?: FallbackAttachment;
  readonly sweep: SweepSettings;
  readonly exemptions: readonly Exemption[];
  readonly trustedTags: readonly TrustedTag[];
  readonly limits: {
    readonly accountRemediations: Limit;
    readonly functionReverts: Limit;
  };
  readonly notify: {
    readonly minimumSeverity: Severity;
    /** So many days before an exemption ends people are told. */
    readonly exemptionExpiryDays: number;
    /** The tag whose value names who owns a function. */
    readonly ownerTag?: string;
  };
}

/** Tells whether a severity is at or over a minimum. */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimum);
}

/** The mode that both allow: `enforce` only where neither says `audit`. */
export function lowerMode(left: Mode, right: Mode | undefined): Mode {
  return left === 'audit' || right === 'audit' ? 'audit' : 'enforce';
}

/** Tells whether a policy asks for more than a notice, whatever the cause. */
export function isEnforced({ onCreate, onChange, onFound }: ControlSettings): boolean {
  return [onCreate, onChange, onFound].some((wish) => wish !== 'notify');
}
