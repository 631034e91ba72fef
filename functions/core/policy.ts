import type { AccessDocument } from './iam/document.ts';

/** `audit` reports; `enforce` acts. */
export type Mode = 'audit' | 'enforce';

/** How much a violation matters, least first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** What a policy may ask for when a control is violated. */
export type WantedRemediation = 'notify' | 'revert' | 'quarantine';

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
}

/** At most `max` within any `perMinutes`. */
export interface Limit {
  readonly max: number;
  readonly perMinutes: number;
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
    /** Patterns of function names, `*` and `?` as in IAM. */
    readonly wake: readonly string[];
  };
  readonly limits: {
    readonly accountRemediations: Limit;
    readonly functionReverts: Limit;
  };
  readonly notify: {
    readonly minimumSeverity: Severity;
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
