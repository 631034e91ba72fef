import { matching } from './schema-parts.ts';

const NAMES = /^[a-zA-Z0-9_*?-]{1,140}$/;
/** AWS allows neither `*` nor `?` in tags; the first `=` ends the key. */
const TAG = /^tag:[\w\u00a1-\uffff +./:@-]{1,128}=[\w\u00a1-\uffff +./:=@-]{0,256}$/;

/** A pattern of function names; a function's name may be `tag`, but holds no colon. */
export const namePattern = matching(
  NAMES,
  () => 'expected a pattern of function names such as `nightly-*`',
);

/** A pattern of function names, or a tag with its value. */
export const functionPattern = matching(new RegExp(`${NAMES.source}|${TAG.source}`), (input) =>
  typeof input === 'string' && input.startsWith('tag:')
    ? 'expected a tag with its whole value, such as `tag:keep-awake=true`'
    : 'expected a pattern of function names such as `nightly-*`, or a tag such as `tag:keep-awake=true`',
);
