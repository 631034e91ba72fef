/** A request whose required members are there: the frame refuses it otherwise. */
export type Given<Request, Members extends keyof Request> = Request & {
  readonly [Name in Members]-?: NonNullable<Request[Name]>;
};
