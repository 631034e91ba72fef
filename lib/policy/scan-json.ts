/** Where everything stands in a JSON text, or the first thing that is wrong with it. */
export type ScannedJson =
  | {
      readonly ok: true;
      /** Offset of a value, or of the nearest one around it. */
      readonly offsetOf: (steps: readonly (string | number)[]) => number;
      /** Offset of the key that the last step names, or of the nearest value around it. */
      readonly keyOffsetOf: (steps: readonly (string | number)[]) => number;
      readonly repeated: readonly { readonly key: string; readonly offset: number }[];
    }
  | { readonly ok: false; readonly offset: number; readonly expected: string };

type State = 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'comma' | 'end';

interface Frame {
  readonly close: '}' | ']';
  step: string | number;
  readonly keys: Set<string>;
}

interface Scanner {
  state: State;
  readonly frames: Frame[];
  readonly offsets: Map<string, number>;
  readonly keyOffsets: Map<string, number>;
  readonly repeated: { readonly key: string; readonly offset: number }[];
}

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'a value',
  firstValue: 'a value or `]`',
  key: 'a key in double quotes',
  firstKey: 'a key in double quotes or `}`',
  colon: '`:`',
  comma: '`,` or the end of the list or object',
  end: 'the end of the text',
};
const CLOSABLE: ReadonlySet<State> = new Set(['firstKey', 'firstValue', 'comma']);
const SPACE = /[ \t\r\n]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/uy;
const DEEPEST = 100;

/** Scans a JSON text for places, repeated keys and its first fault; the platform's parser tells none of them. */
export function scanJson(text: string): ScannedJson {
  const scanner: Scanner = {
    state: 'value',
    frames: [],
    offsets: new Map(),
    keyOffsets: new Map(),
    repeated: [],
  };
  for (let offset = skipSpace(text, 0); offset < text.length; ) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return fault(scanner, offset);
    const next = advance(scanner, token, offset);
    if (next === undefined) return fault(scanner, offset);
    if (scanner.frames.length > DEEPEST) {
      return { ok: false, offset, expected: `at most ${DEEPEST} levels` };
    }
    scanner.state = next;
    offset = skipSpace(text, offset + token.length);
  }
  if (scanner.state !== 'end') return fault(scanner, text.length);
  const { offsets, keyOffsets, repeated } = scanner;
  return {
    ok: true,
    repeated,
    offsetOf: (steps) => nearest(offsets, steps),
    keyOffsetOf: (steps) => keyOffsets.get(toKey(steps)) ?? nearest(offsets, steps),
  };
}

function fault({ state }: Scanner, offset: number): ScannedJson {
  return { ok: false, offset, expected: EXPECTED[state] };
}

/** Takes one token; answers the next state, or undefined where the token does not belong. */
function advance(scanner: Scanner, token: string, offset: number): State | undefined {
  const { state, frames } = scanner;
  const frame = frames.at(-1);
  if (token === frame?.close && CLOSABLE.has(state)) return close(scanner);
  switch (state) {
    case 'firstKey':
    case 'key':
      return takeKey(scanner, token, offset);
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma':
      return token === ',' ? nextMember(frame) : undefined;
    case 'firstValue':
    case 'value':
      return takeValue(scanner, token, offset);
    case 'end':
      return undefined;
  }
}

function takeKey(scanner: Scanner, token: string, offset: number): State | undefined {
  const { frames, keyOffsets, repeated } = scanner;
  const frame = frames.at(-1);
  if (frame === undefined || !token.startsWith('"')) return undefined;
  const key: string = JSON.parse(token);
  if (frame.keys.has(key)) repeated.push({ key, offset });
  frame.keys.add(key);
  frame.step = key;
  keyOffsets.set(toKey(frames.map(({ step }) => step)), offset);
  return 'colon';
}

function takeValue(scanner: Scanner, token: string, offset: number): State | undefined {
  if (/^[}\],:]/.test(token)) return undefined;
  const { frames, offsets } = scanner;
  offsets.set(toKey(frames.map(({ step }) => step)), offset);
  if (token === '{') {
    frames.push({ close: '}', step: '', keys: new Set() });
    return 'firstKey';
  }
  if (token === '[') {
    frames.push({ close: ']', step: 0, keys: new Set() });
    return 'firstValue';
  }
  return frames.length === 0 ? 'end' : 'comma';
}

function nextMember(frame: Frame | undefined): State {
  if (typeof frame?.step !== 'number') return 'key';
  frame.step += 1;
  return 'value';
}

function close({ frames }: Scanner): State {
  frames.pop();
  return frames.length === 0 ? 'end' : 'comma';
}

function nearest(
  offsets: ReadonlyMap<string, number>,
  steps: readonly (string | number)[],
): number {
  const offset = offsets.get(toKey(steps));
  if (offset !== undefined || steps.length === 0) return offset ?? 0;
  return nearest(offsets, steps.slice(0, -1));
}

function toKey(steps: readonly (string | number)[]): string {
  return JSON.stringify(steps);
}

function skipSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}
