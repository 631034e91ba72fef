import type { Attachment } from './attachment.ts';

/** One published version of a function: it keeps the attachment that the function had when it was published. */
export interface PublishedVersion {
  /** Its number; `$LATEST` is none. */
  readonly version: string;
  readonly attachment: Attachment;
  /** The names, in order, of the aliases that send invocations to it, all of them or a share. */
  readonly aliases: readonly string[];
}
