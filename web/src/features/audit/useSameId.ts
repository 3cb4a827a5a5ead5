import { useCallback, useRef } from "react";

/**
 * An id for what is to be written: the same as long as the words are the same, so that what is
 * sent again after an answer was lost is done once.
 */
export function useSameId(): (content: unknown) => string {
  const last = useRef<{ content: string; id: string } | null>(null);
  return useCallback((content: unknown) => {
    const text = JSON.stringify(content);
    if (last.current?.content !== text) last.current = { content: text, id: crypto.randomUUID() };
    return last.current.id;
  }, []);
}
