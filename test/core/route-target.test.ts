import { describe, expect, it } from 'vitest';
import { kindOfTarget } from '../../functions/core/route-target.ts';

describe('kindOfTarget', () => {
  it.each([
    ['local', 'local'],
    ['igw-0a1b', 'internet-gateway'],
    ['eigw-0a1b', 'egress-only-gateway'],
    ['nat-0a1b', 'nat-gateway'],
    ['tgw-0a1b', 'transit-gateway'],
    ['pcx-0a1b', 'peering'],
    ['i-0a1b', 'instance'],
    ['eni-0a1b', 'interface'],
    ['vpce-0a1b', 'endpoint'],
    ['vgw-0a1b', 'other'],
    ['lgw-0a1b', 'other'],
    ['', 'other'],
  ])('takes %s for a target of kind %s', (targetId, kind) => {
    expect(kindOfTarget(targetId)).toBe(kind);
  });
});
