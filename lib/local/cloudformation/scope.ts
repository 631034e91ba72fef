import type { Mappings } from './template.ts';

/** What the functions of a template can be resolved against. */
export interface Scope {
  /** Parameters and pseudo parameters. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly mappings: Mappings;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly resources: ReadonlyMap<string, Referable>;
  /** Values that other stacks export. */
  readonly exports: ReadonlyMap<string, string>;
}

/** What other resources can say of a resource that exists. */
export interface Referable {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/** What `AWS::NoValue` resolves to: the property is as if it were not there. */
export const NO_VALUE = Symbol('AWS::NoValue');
