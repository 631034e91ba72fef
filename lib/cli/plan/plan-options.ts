/** How a plan can be had: for people, for programs, to comment on a pull request with. */
export const PLAN_FORMATS = ['table', 'json', 'markdown'] as const;

/** How long a plan file may approve something, in hours. */
export const EXPIRY_HOURS = { usual: 24, most: 720 } as const;
