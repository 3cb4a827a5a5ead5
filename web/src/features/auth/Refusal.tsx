import { outcomeIsUnknown } from "~/api/errors";
import { isAboutAField } from "~/features/auth/useApplicant";
import { ErrorNotice } from "~/ui/ErrorNotice";

/** What went wrong with the whole form; what is about one field stands beside it. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null || isAboutAField(error)) return null;
  const retry = outcomeIsUnknown(error) ? { onRetry } : {};
  return <ErrorNotice error={error} namespace="auth" {...retry} />;
}
