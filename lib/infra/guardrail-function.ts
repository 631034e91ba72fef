import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerName } from '../package/bundle-handlers.ts';

/** What makes one of the guardrail's functions. */
export interface GuardrailFunctionProps {
  readonly handler: HandlerName;
  readonly functionName: string;
  readonly description: string;
  readonly timeout: Duration;
  /** How long an asynchronous call may wait for its one attempt. Default: AWS's six hours, and three attempts. */
  readonly onceWithin?: Duration;
  readonly permissions: readonly PolicyStatement[];
}

/** What can only be said once the roles of all functions exist. */
export interface GuardrailFunctionCode {
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * One of the guardrail's functions with its own role and log group.
 *
 * Role first, code second: the environment of a function names the roles of others.
 */
export class GuardrailFunction extends Construct {
  readonly role: Role;
  readonly #logGroup: LogGroup;
  readonly #props: GuardrailFunctionProps;

  constructor(scope: Construct, id: string, props: GuardrailFunctionProps) {
    super(scope, id);
    this.#props = props;
    this.#logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      // Its name is fixed: one that outlived the stack would stop the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
      inlinePolicies: { [props.handler]: this.#permissions() },
    });
  }

  /** Creates the function itself. */
  deploy({ code, environment }: GuardrailFunctionCode): LambdaFunction {
    const { handler, functionName, description, timeout, onceWithin } = this.#props;
    return new LambdaFunction(this, 'Function', {
      functionName,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${handler}.handler`,
      code,
      memorySize: 512,
      timeout,
      role: this.role,
      logGroup: this.#logGroup,
      environment: { ...environment },
      ...(onceWithin === undefined ? {} : { maxEventAge: onceWithin, retryAttempts: 0 }),
    });
  }

  #permissions(): PolicyDocument {
    const log = new PolicyStatement({
      sid: 'WriteLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.#logGroup.logGroupArn],
    });
    return new PolicyDocument({ statements: [log, ...this.#props.permissions] });
  }
}
