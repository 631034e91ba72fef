import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LambdaVpcGuardrail, type LambdaVpcGuardrailProps } from './lambda-vpc-guardrail.ts';

/** The guardrail as a stack of its own. */
export class GuardrailStack extends Stack {
  readonly guardrail: LambdaVpcGuardrail;

  constructor(scope: Construct, id: string, props: LambdaVpcGuardrailProps) {
    super(scope, id, {
      analyticsReporting: false,
      description: 'Keeps the Lambda functions of an account in the VPCs that its policy allows',
    });
    this.guardrail = new LambdaVpcGuardrail(this, 'Guardrail', props);
  }
}
