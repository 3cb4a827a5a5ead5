import { useCallback, useRef } from "react";

/**
 * The id under which something is written. The same content has the same id until the form is
 * left, so sending it again after an answer got lost does it once; other content has another.
 */
export function useClientId(): (content: unknown) => string {
  const last = useRef<{ content: string; id: string } | null>(null);
  return useCallback((content) => {
    const text = JSON.stringify(content);
    if (last.current?.content !== text) last.current = { content: text, id: crypto.randomUUID() };
    return last.current.id;
  }, []);
}
