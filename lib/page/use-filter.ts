import { useCallback, useEffect, useState } from 'preact/hooks';
import { EVERYTHING, type FindingFilter } from './finding-filter.ts';
import { parseFragment, toFragment } from './fragment.ts';

/** The filter that the page's address asks for: whoever gets the address sees the same. */
export function useFilter() {
  const [filter, remember] = useState(() => parseFragment(location.hash) ?? EVERYTHING);
  useEffect(() => {
    const follow = () => {
      const asked = parseFragment(location.hash);
      if (asked === undefined) return;
      remember(asked);
      revealFindings();
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const setFilter = useCallback((next: FindingFilter) => {
    history.replaceState(undefined, '', toFragment(next));
    remember(next);
  }, []);
  return { filter, setFilter };
}

/** Brings the findings to whoever followed a link to some of them. */
export function revealFindings(): void {
  const title = document.getElementById('findings-title');
  title?.focus({ preventScroll: true });
  title?.scrollIntoView();
}
