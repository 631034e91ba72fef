/** An error as an AWS client throws it, also one that the SDK in use has no class for. */
export function awsError(
  name: string,
  httpStatusCode?: number,
  fields: Readonly<Record<string, unknown>> & { readonly message?: string } = {},
): Error {
  const { message = 'because', ...others } = fields;
  const $metadata = httpStatusCode === undefined ? {} : { httpStatusCode };
  return Object.assign(new Error(message), { name, $metadata, ...others });
}
