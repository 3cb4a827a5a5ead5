import { Badge, Group, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { User } from "~/api/schema";
import classes from "~/features/people/people.module.css";
import { StatusBadge } from "~/features/people/StatusBadge";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** One person in a list, and the way to them. */
export function PersonLine({ person }: { person: User }) {
  const { t } = useTranslation("people");
  const { account_id: accountId, name, username, role, status } = person;
  return (
    <Link to="/people/$accountId" params={{ accountId }} className={classes.line}>
      <PersonAvatar name={name} accountId={accountId} />
      <div className={classes.who}>
        <Text fw={600} truncate>
          {name === "" ? t("erased") : name}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          <bdi>{username}</bdi>
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        {status !== "active" && <StatusBadge status={status} />}
        <Badge variant="light" color="gray" tt="none" visibleFrom="xs">
          {t(`role_${role}`)}
        </Badge>
        <IconChevronRight size={18} className={classes.arrow} aria-hidden />
      </Group>
    </Link>
  );
}
