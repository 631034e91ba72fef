import { Disclosure } from './disclosure.tsx';
import { EgressMark } from './egress-mark.tsx';
import { FunctionList } from './function-list.tsx';
import { Glyph } from './glyph.tsx';
import type { Model } from './model.ts';
import type { PictureInterface, PictureSubnet } from './network-picture.ts';
import { Paged } from './paged.tsx';
import { StandingBar } from './standing-bar.tsx';
import { counted, EGRESS_WORDS, grouped } from './words.ts';

/** So few addresses are worth a mark. */
const FEW_ADDRESSES = 8;
const MOST_INTERFACES = 6;

/** One subnet: its way out, and the interfaces in it. */
export function Subnet(props: { readonly subnet: PictureSubnet; readonly model: Model }) {
  const { subnet, model } = props;
  const { subnetId, seen, natGateways, interfaces, counts } = subnet;
  const egress = seen?.egress ?? 'unknown';
  return (
    <>
      <div class="subnet-head">
        <h5>
          <code>{subnetId}</code>
        </h5>
        <span class={`egress-badge egress-${egress}`}>
          <EgressMark egress={egress} />
          {EGRESS_WORDS[egress].badge}
        </span>
      </div>
      <SubnetFacts subnet={subnet} />
      {natGateways.map(({ natGatewayId, isPublic, state }) => (
        <p key={natGatewayId} class="nat-here">
          <EgressMark egress="nat" />
          {isPublic ? 'NAT gateway' : 'private NAT gateway'} <code>{natGatewayId}</code>
          {state === 'available' ? '' : ` (${state})`}
        </p>
      ))}
      {interfaces.length === 0 ? (
        <p class="none">no function here</p>
      ) : (
        <Paged
          class="interfaces"
          items={interfaces}
          size={MOST_INTERFACES}
          render={(one: PictureInterface) => (
            <li key={one.securityGroupIds.join(' ')}>
              <Interface one={one} model={model} />
            </li>
          )}
        />
      )}
      {counts.violation > 0 && interfaces.length > 1 && (
        <p class="violating tone-violation">
          <Glyph kind="violation" />
          {grouped(counts.violation)} in violation
        </p>
      )}
    </>
  );
}

function SubnetFacts({ subnet: { seen } }: { readonly subnet: PictureSubnet }) {
  if (seen === undefined) return <p class="subnet-facts">This subnet could not be seen.</p>;
  const { zone, freeAddresses, isDualStack, isShared, targets } = seen;
  return (
    <p class="subnet-facts">
      <span class="zone">{zone}</span>
      <span class={freeAddresses < FEW_ADDRESSES ? 'tone-medium' : undefined}>
        {counted(freeAddresses, 'free address', 'free addresses')}
      </span>
      {isDualStack && <span>dual-stack</span>}
      {isShared && <span>shared by another account</span>}
      {targets.map((target) => (
        <span key={target}>
          to <code>{target}</code>
        </span>
      ))}
    </p>
  );
}

function Interface(props: { readonly one: PictureInterface; readonly model: Model }) {
  const { securityGroupIds, functions, counts } = props.one;
  const [first = 'no security group', ...others] = securityGroupIds;
  return (
    <Disclosure
      class={counts.violation > 0 ? 'interface has-violation' : 'interface'}
      summary={
        <>
          <span class="groups">
            {counts.violation > 0 && <Glyph kind="violation" />}
            <span class="spoken">Interface of </span>
            <code>{first}</code>
            {others.length > 0 && ` +${others.length}`}
          </span>
          <span class="share">
            {counted(functions.length, 'function')}
            {counts.violation > 0 && `, ${grouped(counts.violation)} in violation`}
          </span>
          <StandingBar counts={counts} />
        </>
      }
    >
      {() => (
        <>
          {others.length > 0 && (
            <p class="hint">
              Security groups:{' '}
              {securityGroupIds.map((id) => (
                <code key={id}>{id} </code>
              ))}
            </p>
          )}
          <FunctionList functions={functions} model={props.model} />
        </>
      )}
    </Disclosure>
  );
}
