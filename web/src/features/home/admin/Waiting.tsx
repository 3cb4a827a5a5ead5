import { Group, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "~/features/home/admin/admin.module.css";
import { Card } from "~/features/home/admin/Card";
import { useApprovals } from "~/features/people/queries";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { ButtonLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** A few of those who wait; the rest is a page of its own. */
const SHOWN = 4;

/** Who waits to be let in. */
export function Waiting() {
  const { t } = useTranslation("people");
  const { date } = useFormat();
  const waiting = useApprovals();
  if (waiting.isPending) return <Skeleton height={220} radius="lg" />;
  if (waiting.isError) {
    return <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />;
  }
  const people = waiting.data.pages.flatMap((page) => page.users);
  const count = people.length;
  const title = waiting.hasNextPage
    ? t("home_waiting_more", { count })
    : t("home_waiting", { count });
  return (
    <Card
      title={count === 0 ? t("home_waiting_none") : title}
      more={
        <ButtonLink
          to="/approvals"
          variant={count === 0 ? "default" : "filled"}
          style={{ alignSelf: "flex-start" }}
        >
          {t("home_to_approvals")}
        </ButtonLink>
      }
    >
      {people.slice(0, SHOWN).map((person) => (
        <Group key={person.account_id} gap="sm" wrap="nowrap">
          <PersonAvatar name={person.name} />
          <div className={classes.who}>
            <Text fw={600} truncate>
              {person.name}
            </Text>
            <Text size="sm" c="dimmed">
              {person.requested_role !== null && t(`role_${person.requested_role}`)} ·{" "}
              {date(person.registered_at)}
            </Text>
          </div>
        </Group>
      ))}
      {count === 0 && <Text c="dimmed">{t("approvals_none_words")}</Text>}
    </Card>
  );
}
