const STEP =
  /\.?(?:(?<name>\w+)|"(?<quoted>[^"]+)"|\[\?(?<key>\w+)=='(?<value>[^']*)'\]|\[(?<index>\d*)\])/y;

type Groups = Readonly<Record<string, string | undefined>>;

/** What steps have led to: one value, or what every item of a list has. */
interface Found {
  readonly value: unknown;
  readonly isEach: boolean;
}

/** What a path finds, of JMESPath: `A.B[0]."C.D"`, `A[].B`, `A[?B=='c'].D` and `length(A[])`. */
export function query(from: unknown, path: string): unknown {
  const [, counted] = /^length\((.*)\)$/.exec(path) ?? [];
  if (counted !== undefined) {
    const list = query(from, counted);
    return Array.isArray(list) ? list.length : 0;
  }
  return stepsOf(path).reduce(follow, { value: from, isEach: false }).value;
}

function stepsOf(path: string): readonly Groups[] {
  const steps: Groups[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const { groups } = STEP.exec(path) ?? {};
    if (groups === undefined) throw new Error(`unknown query \`${path}\``);
    steps.push(groups);
  }
  return steps;
}

function follow({ value, isEach }: Found, step: Groups): Found {
  if (step['index'] === '') return { value: itemsOf(value)?.flat(), isEach: true };
  const find = (from: unknown) => findStep(from, step);
  if (!isEach) return { value: find(value), isEach: step['key'] !== undefined };
  const found = itemsOf(value)?.map(find);
  return { value: found?.filter((one) => one !== undefined && one !== null), isEach };
}

function findStep(from: unknown, { name, quoted, key, value, index }: Groups): unknown {
  if (key !== undefined) return itemsOf(from)?.filter((item) => memberOf(item, key) === value);
  const member = name ?? quoted;
  return member === undefined ? itemsOf(from)?.[Number(index)] : memberOf(from, member);
}

function itemsOf(from: unknown): readonly unknown[] | undefined {
  return Array.isArray(from) ? from : undefined;
}

function memberOf(from: unknown, name: string): unknown {
  const isObject = typeof from === 'object' && from !== null;
  return isObject ? new Map<string, unknown>(Object.entries(from)).get(name) : undefined;
}
