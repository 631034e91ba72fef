import type { InvocationOutcome } from './execution.ts';

/** The outcome of an invocation that did not answer, in Lambda's form. */
export function failureOutcome(
  errorType: string,
  errorMessage: string,
  {
    logLines = [],
    trace = [],
  }: Partial<Pick<InvocationOutcome, 'logLines'>> & {
    readonly trace?: readonly string[];
  } = {},
): InvocationOutcome {
  return { payload: JSON.stringify({ errorType, errorMessage, trace }), isError: true, logLines };
}

/** Cuts what was written into lines; an unfinished last one counts. */
export function toLines(written: string): readonly string[] {
  return written.split('\n').filter((line) => line !== '');
}
