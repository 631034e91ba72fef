import { toTrailShape } from '../cloudtrail.ts';
import type { Trail } from '../wire/operation.ts';

/**
 * What CloudTrail appends to the names of Lambda's calls; a call that is not listed keeps its name.
 *
 * Of the calls on capacity providers it is not documented that they do.
 */
const SUFFIXES: Readonly<Record<string, string>> = {
  CreateFunction: '20150331',
  UpdateFunctionConfiguration: '20150331v2',
  UpdateFunctionCode: '20150331v2',
  DeleteFunction: '20150331',
  PublishVersion: '20150331',
  CreateAlias: '20150331',
  UpdateAlias: '20150331',
  DeleteAlias: '20150331',
  PutFunctionConcurrency: '20171031',
  DeleteFunctionConcurrency: '20171031',
  TagResource: '20170331v2',
  UntagResource: '20170331v2',
  CreateEventSourceMapping: '20150331',
  UpdateEventSourceMapping: '20150331',
  DeleteEventSourceMapping: '20150331',
};

/**
 * What CloudTrail writes of a Lambda call: environment values and code are left out.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
export function lambdaTrail(
  operation: string,
  request: object,
  extra: Readonly<Record<string, unknown>> = {},
): Trail {
  return {
    eventName: `${operation}${SUFFIXES[operation] ?? ''}`,
    request: { ...toRecorded(request), ...extra },
    response: (output) => {
      const recorded = toRecorded(output ?? {});
      return Object.keys(recorded).length === 0 ? null : recorded;
    },
  };
}

/** Tags keep the case of their keys, and of an environment only its presence is told. */
function toRecorded(shape: object): Record<string, unknown> {
  const {
    Environment,
    Tags,
    StatusCode: _status,
    ...rest
  } = shape as Readonly<Record<string, unknown>>;
  return {
    ...Object.fromEntries(Object.entries(toTrailShape(rest) as object)),
    ...(Environment === undefined ? {} : { environment: {} }),
    ...(Tags === undefined ? {} : { tags: Tags }),
  };
}
