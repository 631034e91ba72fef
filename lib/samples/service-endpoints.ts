import { Aws, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { exportAs } from './vpc-parts.ts';

/** What the guardrail calls beside DynamoDB, and what functions call most. */
const DEFAULT_SERVICES = ['ec2', 'events', 'lambda', 'sns', 'sqs', 'sts'];

/** What {@link ServiceEndpoints} has to be told. */
export interface ServiceEndpointsProps {
  readonly vpcId: string;
  /** One in each zone. */
  readonly subnetIds: readonly string[];
  /** The group of the functions that are let in. */
  readonly functionGroupId: string;
  /**
   * Services by the names of their endpoints.
   *
   * @default ['ec2', 'events', 'lambda', 'sns', 'sqs', 'sts']
   */
  readonly services?: readonly string[];
}

/** Services of AWS within a VPC that has no internet: the construct of `samples/vpc-endpoints.yaml`. */
export class ServiceEndpoints extends Construct {
  readonly endpointGroupId: string;

  constructor(scope: Construct, id: string, props: ServiceEndpointsProps) {
    super(scope, id);
    const { vpcId, subnetIds, functionGroupId, services = DEFAULT_SERVICES } = props;
    const group = new CfnSecurityGroup(this, 'EndpointGroup', {
      vpcId,
      groupDescription: 'Interface endpoints of this VPC; functions come in',
      securityGroupIngress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          sourceSecurityGroupId: functionGroupId,
          description: 'functions',
        },
      ],
    });
    for (const service of services) {
      new CfnVPCEndpoint(this, `${service}Endpoint`, {
        vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${Stack.of(this).region}.${service}`,
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.attrGroupId],
        policyDocument: ownPrincipals(),
      });
    }

    this.endpointGroupId = group.attrGroupId;
    exportAs(this, 'EndpointGroupId', { name: 'endpoint-sg', value: group.attrGroupId });
  }
}

function ownPrincipals(): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OwnPrincipals',
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
      },
    ],
  };
}
