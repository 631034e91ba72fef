/** An error that the local account answers, with the name and text that AWS uses. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  /** The error's name on the wire, such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  /** Members beside the message, such as `Type`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    {
      code,
      status,
      members = {},
      ...options
    }: ErrorOptions & {
      readonly code: string;
      readonly status: number;
      readonly members?: Record<string, unknown>;
    },
  ) {
    super(message, options);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
