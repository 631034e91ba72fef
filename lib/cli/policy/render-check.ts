import { createColors } from 'picocolors';

/** What a policy comes to. */
export interface Checked {
  readonly file: string;
  readonly mode: string;
  readonly hash: string;
  readonly documents: readonly {
    readonly name: string;
    /** All of them, those about other calls included. */
    readonly statements: number;
    readonly unrelated: number;
  }[];
  /** The ids of those that are enabled. */
  readonly controls: readonly string[];
  readonly exemptions: readonly {
    readonly functions: readonly string[];
    readonly controls: readonly string[];
    readonly owner: string;
    readonly expires: string;
    /** Today included; 0 where it has ended. */
    readonly daysLeft: number;
  }[];
}

const LABEL_WIDTH = 12;

/** Says in a few lines for people what a policy comes to. */
export function renderCheck(
  checked: Checked,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const { file, mode, hash, documents, controls, exemptions } = checked;
  const colors = createColors(hasColors);
  const rows: readonly [label: string, lines: readonly string[]][] = [
    ['policy', [file]],
    ['mode', [mode === 'enforce' ? colors.yellow(mode) : mode]],
    ['hash', [hash]],
    ['documents', documents.map(describeDocument)],
    ['controls', [controls.join(', ')]],
    ['exemptions', exemptions.map(describeExemption)],
  ];
  return rows
    .flatMap(([label, lines]) =>
      (lines.length === 0 ? ['none'] : lines).map((line, index) => {
        return `${colors.cyan((index === 0 ? label : '').padEnd(LABEL_WIDTH))}${line}\n`;
      }),
    )
    .join('');
}

function describeDocument({ name, statements, unrelated }: Checked['documents'][number]): string {
  const count = `${statements} statement${statements === 1 ? '' : 's'}`;
  if (unrelated === 0) return `${name}: ${count}`;
  return `${name}: ${count}, ${unrelated} of them about other calls`;
}

function describeExemption(exemption: Checked['exemptions'][number]): string {
  const { functions, controls, owner, expires, daysLeft } = exemption;
  const ends = daysLeft === 0 ? 'ended' : `ends in ${daysLeft} day${daysLeft === 1 ? '' : 's'},`;
  return `${functions.join(', ')} from ${controls.join(', ')}: ${owner}, ${ends} with the end of ${expires}`;
}
