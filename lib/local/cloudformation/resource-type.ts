import type { JsonObject } from './json-value.ts';
import type { PropertyShape } from './property-shape.ts';
import type { Referable } from './scope.ts';

/** A type of resource, and how it is made of calls to its service. */
export interface ResourceType {
  /** Such as `AWS::SQS::Queue`. */
  readonly name: string;
  readonly properties: PropertyShape;
  readonly required: readonly string[];
  /** What `Fn::GetAtt` answers. */
  readonly attributes: readonly string[];
  /** Properties whose change AWS answers with a new resource. */
  readonly replacedBy: readonly string[];
  /** The property that holds the resource's own name, which two of them cannot share. */
  readonly nameProperty?: string;
  readonly create: (work: ResourceWork, properties: JsonObject) => Promise<Referable>;
  readonly update: (work: ResourceWork, properties: JsonObject, was: Was) => Promise<Referable>;
  readonly remove: (work: ResourceWork, was: Was) => Promise<void>;
  /** Attributes that other resources change: they are read again when something refers to them. */
  readonly changing?: {
    readonly names: readonly string[];
    readonly read: (work: ResourceWork, was: Was) => Promise<Referable['attributes']>;
  };
}

/** A resource as it is before it is changed or removed. */
export interface Was extends Referable {
  readonly properties: JsonObject;
}

/** What a resource type may do while it works on one resource. */
export interface ResourceWork {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  /** Calls a service for whoever asked for the stack. */
  readonly call: <Output extends object>(
    service: string,
    operation: string,
    input: object,
  ) => Promise<Output>;
  /** A name that nothing else has, such as `Stack-Queue-1X2Y3Z`. */
  readonly newName: (maxLength: number) => string;
  /** Says that the resource exists from now on, so that a failure that follows removes it again. */
  readonly exists: (made: Referable) => void;
  /** Lets so much virtual time pass. */
  readonly pause: (ms: number) => Promise<void>;
}
