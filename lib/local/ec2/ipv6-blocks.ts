import { randomBytes } from 'node:crypto';
import type {
  SubnetIpv6CidrBlockAssociation,
  VpcIpv6CidrBlockAssociation,
} from '@aws-sdk/client-ec2';
import { ec2Fault, invalidValue } from './ec2-faults.ts';
import { containsIpv6, type Ipv6Cidr, parseIpv6Cidr } from './ipv6-cidr.ts';
import type { RoutedNetwork, Subnet, Vpc } from './network.ts';

const [VPC_PREFIX, SUBNET_PREFIX] = [56, 64];

/** A block as Amazon provides it to a VPC. */
export function newVpcBlock(): string {
  const text = randomBytes(3).toString('hex');
  const { text: block = '' } =
    parseIpv6Cidr(`2600:1f18:${text.slice(0, 4)}:${text.slice(4)}00::/${VPC_PREFIX}`) ?? {};
  return block;
}

/** Reads the block of a subnet: of its VPC's, and used by no other subnet. */
export function readSubnetBlock(network: RoutedNetwork, vpc: Vpc, text: string): string {
  const block = parseIpv6Cidr(text);
  if (block === undefined) {
    throw invalidValue('ipv6CidrBlock', text, 'This is not a valid CIDR block.');
  }
  const whole = parseIpv6Cidr(vpc.ipv6CidrBlock ?? '');
  if (block.prefixLength !== SUBNET_PREFIX || whole === undefined || !containsIpv6(whole, block)) {
    throw ec2Fault('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
  }
  checkFree(network, vpc, block);
  return block.text;
}

function checkFree({ subnets }: RoutedNetwork, { vpcId }: Vpc, { text }: Ipv6Cidr): void {
  const isTaken = [...subnets.values()].some(
    (subnet) => subnet.vpcId === vpcId && subnet.ipv6CidrBlock === text,
  );
  if (!isTaken) return;
  throw ec2Fault('InvalidSubnet.Conflict', `The CIDR '${text}' conflicts with another subnet`);
}

/** Blocks that Amazon provides are the only ones here. */
const PROVIDED = { Ipv6AddressAttribute: 'public', IpSource: 'amazon' } as const;

/** The IPv6 block of a VPC as EC2 describes it. */
export function toVpcIpv6Views(region: string, vpc: Vpc): VpcIpv6CidrBlockAssociation[] {
  const { ipv6CidrBlock } = vpc;
  if (ipv6CidrBlock === undefined) return [];
  return [
    {
      AssociationId: toVpcAssociation(vpc),
      Ipv6CidrBlock: ipv6CidrBlock,
      Ipv6CidrBlockState: { State: 'associated' },
      NetworkBorderGroup: region,
      Ipv6Pool: 'Amazon',
      ...PROVIDED,
    },
  ];
}

/** The identifier of the association of a VPC with its IPv6 block. */
export function toVpcAssociation({ vpcId }: Vpc): string {
  return vpcId.replace('vpc-0', 'vpc-cidr-assoc-6');
}

/** The IPv6 block of a subnet as EC2 describes it. */
export function toSubnetIpv6Views(subnet: Subnet): SubnetIpv6CidrBlockAssociation[] {
  const { ipv6CidrBlock } = subnet;
  if (ipv6CidrBlock === undefined) return [];
  return [
    {
      AssociationId: toSubnetAssociation(subnet),
      Ipv6CidrBlock: ipv6CidrBlock,
      Ipv6CidrBlockState: { State: 'associated' },
      ...PROVIDED,
    },
  ];
}

/** The identifier of the association of a subnet with its IPv6 block. */
export function toSubnetAssociation({ subnetId }: Subnet): string {
  return subnetId.replace('subnet-', 'subnet-cidr-assoc-');
}
