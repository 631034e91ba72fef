/** What hands events to a function, and where those go that it does not take. */
export interface EventPaths {
  /** The ARN that asynchronous events go to when they fail; absent where there is none. */
  readonly onFailure?: string;
  /** The ARNs of the sources whose event source mappings are not disabled. */
  readonly sources: readonly string[];
}
