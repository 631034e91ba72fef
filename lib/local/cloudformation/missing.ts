import { AwsFault } from '../wire/aws-fault.ts';

const MISSING = /NotFound|NoSuchEntity|NonExistentQueue|QueueDoesNotExist|NotAttached/;

/** Waits for a call that removes something; what is gone already need not be removed. */
export async function unlessMissing(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof AwsFault && MISSING.test(error.code))) throw error;
  }
}
