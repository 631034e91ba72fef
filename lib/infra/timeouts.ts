import { Duration } from 'aws-cdk-lib';

/** How long one batch of orders may take. */
export const ENFORCE_TIMEOUT = Duration.seconds(30);

/** How long one release may take. */
export const RELEASE_TIMEOUT = Duration.seconds(30);

/** How long one rescan may take: the most that Lambda allows. */
export const RESCAN_TIMEOUT = Duration.seconds(900);
