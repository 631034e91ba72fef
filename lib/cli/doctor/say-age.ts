import { counted } from '../operator/counted.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Says how long something takes or took, in the largest unit that it fills. */
export function sayAge(ms: number): string {
  const unit = UNITS.find(([, size]) => ms >= size);
  if (unit === undefined) return counted(Math.max(0, Math.round(ms / 1000)), 'second');
  const [noun, size] = unit;
  return counted(Math.floor(ms / size), noun);
}
