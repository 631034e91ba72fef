/** A text in which names stand between backticks. */
export function Reason({ text }: { readonly text: string }) {
  const parts = text.split(/`([^`]*)`/);
  return (
    <span>
      {parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </span>
  );
}
