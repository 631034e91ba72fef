/** A function or published version whose network interface or image AWS has reclaimed. */
export interface IdleFunction {
  /** Without a qualifier. */
  readonly functionArn: string;
  /** Absent: `$LATEST`. */
  readonly version?: string;
  /** The aliases that point at the version. */
  readonly aliases?: readonly string[];
  /** Whether the policy wants it woken. */
  readonly isListed: boolean;
  readonly canWake: 'yes' | 'no' | 'unknown';
  /** What speaks against waking it, or why nobody knows. Absent where it can. */
  readonly whyNot?: string;
  /** What it would take to wake it, for people. */
  readonly toWake: string;
  /** The day (UTC) of the function's last invocation, of whichever version, such as `2026-11-22`. Absent where none is on record. */
  readonly lastInvokedAt?: string;
}
