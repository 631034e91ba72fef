import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkProfile } from '../../lib/cli/check-profile.ts';
import { folderOf } from './policy/fake-terminal.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('checkProfile', () => {
  it.each([
    ['default', true],
    ['audit', true],
    ['two words', true],
    ['keys', true],
    ['profile keys', false],
    ['nope', false],
  ])('tells of the profile `%s` whether somebody configured it: %s', (profile, isThere) => {
    using folder = folderOf({
      config: '[default]\nregion = us-east-1\n[profile audit]\r\n  [ profile "two words" ]\n',
      credentials: '[keys]\naws_access_key_id = x\n',
    });
    vi.stubEnv('AWS_CONFIG_FILE', folder.path('config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', folder.path('credentials'));

    const check = () => checkProfile(profile);

    if (isThere) expect(check).not.toThrow();
    else expect(check).toThrow(`there is no profile \`${profile}\` in \`${folder.path('config')}`);
  });

  it('finds none where there are no files', () => {
    vi.stubEnv('AWS_CONFIG_FILE', '/none/config');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '');
    vi.stubEnv('HOME', '/none');

    expect(() => checkProfile('default')).toThrow(
      'there is no profile `default` in `/none/config` or `/none/.aws/credentials`',
    );
  });
});
