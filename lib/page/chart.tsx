import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A chart of Observable Plot, drawn anew when there is more room or less. */
export function Chart(props: {
  readonly title: string;
  /** What it shows, in words. */
  readonly words: string;
  /** Stays the same while the chart does. */
  readonly draw: (width: number) => Element;
}) {
  const { draw, words } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (holder.current === null || width === 0) return;
    const drawn = draw(width);
    // The page lets no style in but its own, which has these rules.
    for (const style of drawn.querySelectorAll('style')) style.remove();
    // It is one picture with words of its own: those of its parts, which have no role, are not for it.
    for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', words);
    holder.current.replaceChildren(drawn);
  }, [draw, width, words]);
  return (
    <figure>
      <figcaption>{props.title}</figcaption>
      <div class="chart" ref={holder} />
    </figure>
  );
}
