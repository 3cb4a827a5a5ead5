import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError, NoAnswer } from "~/api/errors";
import { Notice } from "~/features/audit/Notice";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { useErrorWords } from "~/ui/useErrorWords";

/** Why it was refused; or that nobody knows whether it was done, and that asking again is safe. */
export function GrantError({ error }: { error: Error }) {
  const { t } = useTranslation("break_glass");
  const words = useErrorWords("break_glass");
  const refused = error instanceof ApiError && error.status < 500;
  if (!refused && !(error instanceof NoAnswer)) return <ErrorNotice error={error} />;
  return (
    <Notice
      color="red"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={refused ? words(error) : t("not_known_whether")}
    >
      {refused ? null : t("safe_to_repeat")}
    </Notice>
  );
}
