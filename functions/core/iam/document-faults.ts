/** What is wrong with a document, and where. */
export interface DocumentFault {
  /** Such as `Statement[0].Condition.StringEquals.aws:PrincipalArn`; empty for the document itself. */
  readonly path: string;
  /** The same way, step by step, for who looks the place up. */
  readonly steps: readonly (string | number)[];
  readonly message: string;
  /** The fault is the last step's own name, not what it holds. */
  readonly isName?: true;
}

/** A place in a document that can report what is wrong there. */
export interface Place {
  readonly report: (message: string) => undefined;
  /** Reports what is wrong with the place's own name. */
  readonly reportName: (message: string) => undefined;
  readonly at: (step: string | number) => Place;
}

/** Makes a document's root place, and the list that its places report to. */
export function createFaultList(): {
  readonly faults: readonly DocumentFault[];
  readonly root: Place;
} {
  const faults: DocumentFault[] = [];
  const placeAt = (steps: readonly (string | number)[]): Place => ({
    report: (message) => {
      faults.push({ path: toPath(steps), steps, message });
      return undefined;
    },
    reportName: (message) => {
      faults.push({ path: toPath(steps), steps, message, isName: true });
      return undefined;
    },
    at: (step) => placeAt([...steps, step]),
  });
  return { faults, root: placeAt([]) };
}

/** Writes a way into a document as people read it. */
export function toPath(steps: readonly (string | number)[]): string {
  return steps
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
