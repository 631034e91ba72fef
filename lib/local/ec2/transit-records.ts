import type {
  TransitGatewayOptions,
  TransitGatewayVpcAttachmentOptions,
} from '@aws-sdk/client-ec2';
import type { Tags } from './network.ts';

/** How far a transit gateway, or an attachment of one, has come. */
export type TransitState = 'pending' | 'available' | 'deleting' | 'deleted';

/** A transit gateway. */
export interface TransitGateway {
  readonly transitGatewayId: string;
  readonly description: string;
  readonly options: TransitGatewayOptions;
  readonly state: TransitState;
  readonly createdMs: number;
  readonly name: string;
  readonly tags?: Tags;
}

/** A transit gateway's attachment to a VPC. */
export interface TransitAttachment {
  readonly attachmentId: string;
  readonly transitGatewayId: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly options: TransitGatewayVpcAttachmentOptions;
  readonly state: TransitState;
  readonly createdMs: number;
  readonly name: string;
  readonly tags?: Tags;
}
