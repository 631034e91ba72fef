import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Simple shapes as Smithy numbers them: bit 6 makes a list, bit 7 a map. */
export const STRING = 0;
export const NUMBER = 1;
export const BOOLEAN = 2;
export const STRING_LIST = 64;
export const STRING_MAP = 128;

type Shapes = Readonly<Record<string, StaticStructureSchema[5][number]>>;

/** Describes a structure of a service whose SDK client is not installed. */
export function structure(
  name: string,
  { required = {}, optional = {} }: { readonly required?: Shapes; readonly optional?: Shapes },
): StaticStructureSchema {
  const members = { ...required, ...optional };
  return [
    3,
    'local',
    name,
    0,
    Object.keys(members),
    Object.values(members),
    Object.keys(required).length,
  ];
}

/** Describes an operation of a service whose SDK client is not installed. */
export function operationSchema(
  name: string,
  {
    input,
    output,
    path,
  }: {
    readonly input: StaticStructureSchema;
    readonly output?: StaticStructureSchema;
    /** Where the protocol is REST. */
    readonly path?: string;
  },
): StaticOperationSchema {
  const traits = path === undefined ? 0 : { http: ['POST', path, 200] as [string, string, number] };
  return [9, 'local', name, traits, input, output ?? structure(`${name}Response`, {})];
}
