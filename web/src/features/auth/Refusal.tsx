import { isAboutAField } from "~/features/auth/useApplicant";
import { WriteError } from "~/ui/WriteError";

/** What went wrong with the whole form; what is about one field stands beside it. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isAboutAField(error)) return null;
  return <WriteError error={error} namespace="auth" onRetry={onRetry} />;
}
