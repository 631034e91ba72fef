/** Exit statuses, as pipelines read them. */
export const EXIT = {
  clean: 0,
  /** Something was found, or could not be done in full. */
  findings: 1,
  badInput: 2,
  notFinished: 3,
} as const;

/** One of {@link EXIT}. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
