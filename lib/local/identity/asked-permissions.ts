import type { AccessJudge, AccessRequest } from '../../../functions/core/iam/evaluate.ts';

/** How often one action was asked for in the name of one principal. */
export interface AskedPermission {
  /** ARN of the user or of the role. */
  readonly principal: string;
  readonly action: string;
  readonly allowed: number;
  readonly refused: number;
}

/** One question to IAM, and whether the answer was yes. */
export interface AskedOnce extends Pick<AccessRequest, 'action' | 'resource'> {
  readonly principal: string;
  readonly isAllowed: boolean;
}

/** What was asked for: by AWS itself too, where it acts as a function's role. */
export interface AskedPermissions {
  /** A judge who says the same as another one and notes what was asked. */
  readonly noting: (principal: string, judge: AccessJudge) => AccessJudge;
  /** In the order in which each was asked for first: it grows with the actions, not with the calls. */
  readonly list: () => readonly AskedPermission[];
  /** Called with every question. */
  readonly listeners: ((asked: AskedOnce) => void)[];
}

/** Creates an empty list. */
export function createAskedPermissions(): AskedPermissions {
  const counted = new Map<string, AskedPermission>();
  const listeners: ((asked: AskedOnce) => void)[] = [];
  const note = (asked: AskedOnce): void => {
    const { principal, action, isAllowed } = asked;
    const key = `${principal} ${action}`;
    const { allowed = 0, refused = 0 } = counted.get(key) ?? {};
    counted.set(key, {
      principal,
      action,
      allowed: allowed + (isAllowed ? 1 : 0),
      refused: refused + (isAllowed ? 0 : 1),
    });
    for (const listener of listeners) listener(asked);
  };
  return {
    noting: (principal, judge) => (request) => {
      const verdict = judge(request);
      const { action, resource } = request;
      note({ principal, action, resource, isAllowed: verdict.outcome === 'allowed' });
      return verdict;
    },
    list: () => [...counted.values()],
    listeners,
  };
}
