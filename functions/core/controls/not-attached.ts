import { isDetached } from '../attachment.ts';
import type { Subject } from './control.ts';

/** Says why a requirement on the attachment is not about a function; undefined where it is. */
export function whyNotAttached({ attachment, hasCapacityProvider }: Subject): string | undefined {
  return whyInProvider({ hasCapacityProvider }) ?? (isDetached(attachment) ? IN_NO_VPC : undefined);
}

/** Says why a requirement is not about a function on a capacity provider; undefined where it is on none. */
export function whyInProvider({
  hasCapacityProvider,
}: Pick<Subject, 'hasCapacityProvider'>): string | undefined {
  return hasCapacityProvider ? "the VPC is the capacity provider's" : undefined;
}

const IN_NO_VPC = 'the function is in no VPC';
