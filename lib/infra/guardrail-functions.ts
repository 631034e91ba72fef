import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { VPC_INDEX } from '../../functions/core/record-index.ts';
import {
  acknowledgeEveryFunction,
  acknowledgeReads,
  acknowledgeUnnarrowable,
} from './acknowledgements.ts';
import { createEnvironments } from './environments.ts';
import { GuardrailFunction } from './guardrail-function.ts';
import { handlerCode } from './handler-code.ts';
import type { EnforcementQueues, Topics } from './messaging.ts';
import { functionArn, nameOwnFunctions, type OwnFunctions } from './own-functions.ts';
import {
  enforcePermissions,
  type Reach,
  releasePermissions,
  rescanPermissions,
  sweepPermissions,
} from './permissions.ts';
import {
  ENFORCE_TIMEOUT,
  RELEASE_TIMEOUT,
  RESCAN_TIMEOUT,
  SWEEP_TICK,
  SWEEP_TIMEOUT,
} from './timeouts.ts';

const UNNARROWABLE_LISTS =
  'the EC2 calls that describe a network, nor the calls that list functions and quotas and read metrics';

/** The functions that are deployed. */
export interface GuardrailFunctions {
  readonly enforce: LambdaFunction;
  readonly rescan: LambdaFunction;
  readonly sweep: LambdaFunction;
  readonly release: LambdaFunction;
}

/** What the functions work with. */
export interface FunctionParts {
  readonly name: string;
  readonly policy: CompiledPolicy;
  readonly records: Table;
  readonly queues: EnforcementQueues;
  readonly topics: Topics;
}

/** Creates the functions, each with its own role, log group and environment. */
export function createFunctions(scope: Construct, parts: FunctionParts): GuardrailFunctions {
  const own = nameOwnFunctions(scope, parts.name);
  const reach = toReach(scope, parts, own);
  const enforce = createEnforce(scope, own, reach);
  const rescan = createRescan(scope, own, reach);
  const sweep = createSweep(scope, own, reach);
  const release = createRelease(scope, own, reach);
  const environments = createEnvironments(parts, {
    ownFunctionArns: own.arns,
    ownRoleArns: [enforce.role.roleArn, release.role.roleArn, sweep.role.roleArn],
    sweepFunctionArn: reach.sweepFunctionArn,
  });
  const code = handlerCode(parts.policy);
  return {
    enforce: enforce.deploy({ code, environment: environments.enforce }),
    rescan: rescan.deploy({ code, environment: environments.rescan }),
    sweep: sweep.deploy({ code, environment: environments.sweep }),
    release: release.deploy({ code, environment: environments.release }),
  };
}

function createEnforce(scope: Construct, own: OwnFunctions, reach: Reach): GuardrailFunction {
  const enforce = new GuardrailFunction(scope, 'EnforceOnChange', {
    handler: 'enforce-on-change',
    functionName: own.names['enforce-on-change'],
    description: 'Judges a changed Lambda function and remedies what the policy forbids',
    timeout: ENFORCE_TIMEOUT,
    permissions: enforcePermissions(reach),
  });
  acknowledgeEveryFunction(enforce.role);
  acknowledgeReads(enforce.role);
  acknowledgeUnnarrowable(enforce.role, 'the EC2 calls that describe a network');
  return enforce;
}

function createRescan(scope: Construct, own: OwnFunctions, reach: Reach): GuardrailFunction {
  const rescan = new GuardrailFunction(scope, 'RescanOnRequest', {
    handler: 'rescan-on-request',
    functionName: own.names['rescan-on-request'],
    description: 'Judges the Lambda functions of the account and enqueues what has to be remedied',
    timeout: RESCAN_TIMEOUT,
    permissions: rescanPermissions(reach),
  });
  acknowledgeEveryFunction(rescan.role);
  acknowledgeReads(rescan.role);
  acknowledgeUnnarrowable(rescan.role, UNNARROWABLE_LISTS);
  return rescan;
}

function createSweep(scope: Construct, own: OwnFunctions, reach: Reach): GuardrailFunction {
  const sweep = new GuardrailFunction(scope, 'SweepOnSchedule', {
    handler: 'sweep-on-schedule',
    functionName: own.names['sweep-on-schedule'],
    description: 'Sweeps the Lambda functions of the account, a part at a time',
    timeout: SWEEP_TIMEOUT,
    onceWithin: SWEEP_TICK,
    permissions: sweepPermissions(reach),
  });
  acknowledgeEveryFunction(sweep.role);
  acknowledgeReads(sweep.role);
  acknowledgeUnnarrowable(sweep.role, UNNARROWABLE_LISTS);
  return sweep;
}

function createRelease(scope: Construct, own: OwnFunctions, reach: Reach): GuardrailFunction {
  const release = new GuardrailFunction(scope, 'ReleaseOnRequest', {
    handler: 'release-on-request',
    functionName: own.names['release-on-request'],
    description: 'Takes a Lambda function out of quarantine for an operator',
    timeout: RELEASE_TIMEOUT,
    permissions: releasePermissions(reach),
  });
  acknowledgeEveryFunction(release.role);
  acknowledgeReads(release.role);
  acknowledgeUnnarrowable(release.role, 'the EC2 calls that describe a network');
  return release;
}

function toReach(scope: Construct, parts: FunctionParts, own: OwnFunctions): Reach {
  const stack = Stack.of(scope);
  return {
    mode: parts.policy.mode,
    tableArn: parts.records.tableArn,
    indexArn: `${parts.records.tableArn}/index/${VPC_INDEX.name}`,
    queueArn: parts.queues.queue.queueArn,
    deadLetterQueueArn: parts.queues.deadLetterQueue.queueArn,
    topicArns: [parts.topics.findings.topicArn, parts.topics.chat.topicArn],
    functionsArn: functionArn(scope, '*'),
    capacityProvidersArn: stack.formatArn({
      service: 'lambda',
      resource: 'capacity-provider',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
    rolesArn: stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: '*' }),
    ownFunctionArns: own.arns,
    sweepFunctionArn: functionArn(scope, own.names['sweep-on-schedule']),
  };
}
