import { AwsFault } from '../wire/aws-fault.ts';

interface Words {
  readonly code: string;
  readonly status: number;
  readonly message?: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

/** How each service says that it was called too often, where it does not say `ThrottlingException`. */
const WORDS: Readonly<Record<string, Words>> = {
  lambda: {
    code: 'TooManyRequestsException',
    status: 429,
    members: { Type: 'User', Reason: 'CallerRateLimitExceeded' },
  },
  ec2: { code: 'RequestLimitExceeded', status: 503, message: 'Request limit exceeded.' },
  iam: { code: 'Throttling', status: 400 },
  sts: { code: 'Throttling', status: 400 },
  cloudformation: { code: 'Throttling', status: 400 },
  monitoring: { code: 'Throttling', status: 400 },
  sns: { code: 'Throttled', status: 429 },
  sqs: { code: 'RequestThrottled', status: 403 },
  s3: { code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' },
  servicequotas: { code: 'TooManyRequestsException', status: 400 },
  chatbot: { code: 'TooManyRequestsException', status: 429 },
};

const OTHERS: Words = { code: 'ThrottlingException', status: 400 };

/** The error of a service that is called too often. */
export function throttled(service: string): AwsFault {
  const { code, status, message = 'Rate exceeded', members = {} } = WORDS[service] ?? OTHERS;
  return new AwsFault(message, { code, status, members });
}
