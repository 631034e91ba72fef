import type { ReportedNetwork } from '../cli/report/report.ts';
import { EgressMark } from './egress-mark.tsx';
import { InterfaceGauge } from './interface-gauge.tsx';
import type { Model } from './model.ts';
import { type PictureTier, type PictureVpc, zoneOf } from './network-picture.ts';
import { Subnet } from './subnet.tsx';
import { EGRESS_WORDS } from './words.ts';

/** One VPC: what it has, and its subnets, those nearest to the internet at the top, each in the column of its zone. */
export function Vpc(props: { readonly vpc: PictureVpc; readonly model: Model }) {
  const { vpc, model } = props;
  const { network, zones, tiers, vpcId } = vpc;
  const named = zones.filter(Boolean);
  const own = model.report.interfaces.find((one) => one.vpcId === vpcId);
  return (
    <div class="vpc-inside" style={{ '--zones': Math.max(1, named.length) }}>
      {network === undefined && <p class="hint">What is in this VPC could not be seen.</p>}
      {network !== undefined && <Equipment network={network} />}
      {own !== undefined && <InterfaceGauge report={own} />}
      <div class="picture">
        <div class="zone-heads" aria-hidden="true">
          {named.map((zone) => (
            <span key={zone}>{zone}</span>
          ))}
        </div>
        {tiers.map((tier) => (
          <Tier key={tier.egress} tier={tier} zones={named} model={model} />
        ))}
      </div>
    </div>
  );
}

function Tier(props: {
  readonly tier: PictureTier;
  readonly zones: readonly string[];
  readonly model: Model;
}) {
  const { tier, zones, model } = props;
  const words = EGRESS_WORDS[tier.egress];
  return (
    <div class={`tier tier-${tier.egress}`}>
      <h4>
        <EgressMark egress={tier.egress} />
        {words.tier}
        <span class="means">{words.means}</span>
      </h4>
      <ul class="subnets">
        {tier.subnets.map((subnet) => (
          <li
            key={subnet.subnetId}
            class={subnet.counts.violation > 0 ? 'subnet has-violation' : 'subnet'}
            style={{ '--column': Math.max(1, zones.indexOf(zoneOf(subnet)) + 1) }}
          >
            <Subnet subnet={subnet} model={model} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Equipment({ network }: { readonly network: ReportedNetwork }) {
  const { natGateways, endpoints, isDedicated } = network;
  return (
    <dl class="equipment">
      <div>
        <dt>NAT gateways</dt>
        <dd>
          {natGateways.length === 0 && <span class="none">none</span>}
          {natGateways.map(({ natGatewayId, isPublic, state }) => (
            <span key={natGatewayId} class={state === 'available' ? 'pill' : 'pill tone-medium'}>
              <code>{natGatewayId}</code> {isPublic ? 'public' : 'private'}, {state}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>Endpoints</dt>
        <dd>
          {endpoints.length === 0 && <span class="none">none</span>}
          {endpoints.map(({ endpointId, serviceName, type, state }) => (
            <span
              key={endpointId}
              class={state === 'available' ? 'pill' : 'pill tone-medium'}
              title={endpointId}
            >
              <code>{serviceName.replace(/^com\.amazonaws\.[^.]+\./, '')}</code> {type}
              {state === 'available' ? '' : `, ${state}`}
            </span>
          ))}
        </dd>
      </div>
      {isDedicated && (
        <div>
          <dt>Tenancy</dt>
          <dd>dedicated: functions cannot be connected to it</dd>
        </div>
      )}
    </dl>
  );
}
