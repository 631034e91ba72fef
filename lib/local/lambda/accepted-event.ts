import type { StoredVersion } from './stored-function.ts';

/** An event for one version of a function. */
export interface VersionEvent {
  readonly version: StoredVersion;
  /** The alias that was named, if one was. */
  readonly alias?: string;
  /** JSON. */
  readonly payload: string;
  readonly requestId: string;
  /** What X-Ray's header told of the call, where it came with one. */
  readonly traceHeader?: string | undefined;
}

/** An event that Lambda keeps until its function has run, or nobody tries any more. */
export interface AcceptedEvent extends VersionEvent {
  readonly acceptedAtMs: number;
}
