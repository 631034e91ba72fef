import { Duration } from 'aws-cdk-lib';
import { HANDLER_MS } from '../../functions/core/settle-intent.ts';

/** How long one batch of orders may take. */
export const ENFORCE_TIMEOUT = Duration.millis(HANDLER_MS);

/** How long one release may take. */
export const RELEASE_TIMEOUT = Duration.millis(HANDLER_MS);

/** How long one rescan may take: the most that Lambda allows. */
export const RESCAN_TIMEOUT = Duration.seconds(900);

/** How long one run of a sweep may take, which hands over to the next: the most that Lambda allows. */
export const SWEEP_TIMEOUT = Duration.seconds(900);

/** How often somebody looks whether a sweep is due or has to go on. */
export const SWEEP_TICK = Duration.minutes(15);
