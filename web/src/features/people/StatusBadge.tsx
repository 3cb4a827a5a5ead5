import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AccountStatus } from "~/api/schema";

const COLOURS: Record<AccountStatus, string> = {
  missing: "gray",
  pending: "yellow",
  active: "green",
  refused: "red",
  deactivated: "red",
};

/** Where an account stands, in a word. */
export function StatusBadge({ status }: { status: AccountStatus }) {
  const { t } = useTranslation("people");
  return (
    <Badge variant="light" tt="none" color={COLOURS[status]}>
      {t(`status_${status}`)}
    </Badge>
  );
}
