import {
  type FunctionName,
  parseFunctionArn,
  parseFunctionName,
  parseHome,
  toFunctionArn,
} from './function-name.ts';
import { createMemberReader, type JsonRecord } from './json-value.ts';

/** The function that a record is about. */
export interface ChangedFunction {
  /** Without a qualifier. */
  readonly functionArn: string;
  /** The record is about one version or alias of it, not about `$LATEST`. */
  readonly isQualified: boolean;
}

/**
 * Finds the function that a CloudTrail record is about: what AWS answered goes before what the caller asked.
 *
 * Undefined where the record names none: a redacted ARN, or a tagged resource that is no function.
 */
export function findChangedFunction(
  detail: JsonRecord,
  faults: string[],
): ChangedFunction | undefined {
  const reader = createMemberReader(detail, 'detail.', []);
  const asked = createMemberReader(
    reader.record('requestParameters'),
    'detail.requestParameters.',
    faults,
  );
  const answered = createMemberReader(
    reader.record('responseElements'),
    'detail.responseElements.',
    faults,
  );
  const answeredArn = answered.optionalText('functionArn') ?? '';
  const askedName = parseFunctionName(asked.optionalText('functionName') ?? '');
  const resource = asked.optionalText('resource') ?? '';
  const qualifier =
    asked.optionalText('qualifier') ??
    parseFunctionName(answeredArn)?.qualifier ??
    askedName?.qualifier;
  const functionArn =
    parseFunctionArn(answeredArn) ?? locate(askedName, detail) ?? parseFunctionArn(resource);
  if (functionArn === undefined) return undefined;
  return { functionArn, isQualified: qualifier !== undefined && qualifier !== '$LATEST' };
}

/** A name belongs to the account and region of the record where it does not say so itself. */
function locate(name: FunctionName | undefined, detail: JsonRecord): string | undefined {
  const home = parseHome(
    name?.account ?? detail['recipientAccountId'],
    name?.region ?? detail['awsRegion'],
  );
  return name === undefined || home === undefined ? undefined : toFunctionArn(name, home);
}
