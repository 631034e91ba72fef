const HIDDEN = '…';
const SECRET_WORD = 'password|passwd|secret|token|credential|api[_-]?key|access[_-]?key|signature';

/** What secrets look like in the words of others; the first group of each stays. */
const SECRETS: readonly RegExp[] = [
  // Signed addresses carry credentials, be it in their path.
  /\b(https?:\/\/)(?:[^\s/@"'<>]*@)?([\w.:-]+)(?:[/?#][^\s"'<>)]*)?/gi,
  /\b((?:AKIA|ASIA))[A-Z0-9]{12,}/g,
  /\b(eyJ)[\w-]+(?:\.[\w-]+){1,2}/g,
  new RegExp(
    `((?:${SECRET_WORD})[\\w-]{0,40}["'\`]?\\s{0,3}[=:]\\s{0,3})(?:"[^"]*"|'[^']*'|[^\\s,;&}]+)`,
    'gi',
  ),
  // The form of a secret access key, which no name has.
  /(?<![\w+/])()(?=[a-zA-Z+/]*\d)(?=[a-z\d+/]*[A-Z])(?=[A-Z\d+/]*[a-z])[\w+/]{40}(?![\w+/])/g,
  // Longer than any name.
  /()[A-Za-z0-9+/]{65,}={0,2}/g,
  /()[\w-]{65,}/g,
];

/** Hides what looks like a secret in a text that somebody else wrote; names and ARNs stay readable. */
export function redact(text: string): string {
  return SECRETS.reduce(
    (before, secret) => before.replace(secret, (_, kept, host) => hide(kept, host)),
    text,
  );
}

function hide(kept: string, host: unknown): string {
  return typeof host === 'string' ? `${kept}${host}/${HIDDEN}` : `${kept}${HIDDEN}`;
}
