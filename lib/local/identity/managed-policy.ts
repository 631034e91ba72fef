import type { AccessDocument } from '../../../functions/core/iam/document.ts';

/** A policy that stands by itself, so that many users and roles may have it. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description?: string;
  /** The only version that there is. */
  readonly versionId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** The text as it was given, and the parsed document. */
  readonly text: string;
  readonly document: AccessDocument;
  readonly tags: Map<string, string>;
}
