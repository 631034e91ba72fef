import { type Checkup, good } from './checkup.ts';

const ABOUT = { topic: 'permission' } as const;

/** Judges what the caller may see: whatever was refused, named once. */
export function judgePermissions(checkups: readonly Checkup[]): Checkup {
  const lacking = [...new Set(checkups.flatMap(({ permission }) => permission ?? []))].toSorted();
  if (lacking.length === 0) return good(ABOUT, 'this caller may see all that was looked at');
  return {
    ...ABOUT,
    answer: 'unknown',
    seen: `this caller may not see everything: ${lacking.join(', ')}`,
    fix: `allow this caller {"Effect":"Allow","Action":${JSON.stringify(lacking)},"Resource":"*"}; docs/cli-doctor.md has the whole policy`,
  };
}
