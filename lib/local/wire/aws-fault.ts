/** An error that the local account answers, with the name and text that AWS uses. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  /** The error's name on the wire, such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  /** Members beside the message, such as `Type`. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Present where the caller gets no answer: what becomes of its connection. */
  readonly connection?: 'reset' | 'hang';

  constructor(
    message: string,
    {
      code,
      status,
      members = {},
      connection,
      ...options
    }: ErrorOptions & {
      readonly code: string;
      readonly status: number;
      readonly members?: Readonly<Record<string, unknown>>;
      readonly connection?: 'reset' | 'hang';
    },
  ) {
    super(message, options);
    this.code = code;
    this.status = status;
    this.members = members;
    if (connection !== undefined) this.connection = connection;
  }
}
