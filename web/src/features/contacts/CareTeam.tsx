import { Card, Divider, Group, Stack, Text, Title } from "@mantine/core";
import { IconMessageCircle, IconUsers } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { CareTeamMember } from "~/api/schema";
import classes from "~/features/contacts/Contacts.module.css";
import { EmptyState } from "~/ui/EmptyState";
import { ButtonLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** The doctors whom the patient knows, and the way to each of them. */
export function CareTeam({ members }: { members: CareTeamMember[] }) {
  const { t } = useTranslation("contacts");
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="care-team">
      <Stack gap="md">
        <Title order={2} size="h4" id="care-team">
          {t("team_title")}
        </Title>
        {members.length === 0 && (
          <EmptyState icon={IconUsers} title={t("team_empty")}>
            <Stack gap="sm" align="center">
              {t("team_empty_words")}
              <ButtonLink to="/appointments/book" size="sm">
                {t("book")}
              </ButtonLink>
            </Stack>
          </EmptyState>
        )}
        {members.map((member, index) => (
          <Fragment key={member.account_id}>
            {index > 0 && <Divider />}
            <Member member={member} />
          </Fragment>
        ))}
      </Stack>
    </Card>
  );
}

function Member({ member }: { member: CareTeamMember }) {
  const { t } = useTranslation("contacts");
  const name = member.name || t("doctor_unnamed");
  return (
    <Group justify="space-between" gap="sm" className={classes.row}>
      <Group gap="sm" wrap="nowrap" className={classes.name}>
        <PersonAvatar name={name} />
        <Text fw={600} className={classes.name}>
          {name}
        </Text>
      </Group>
      <Group gap="xs">
        <ButtonLink
          to="/messages/$roomId"
          params={{ roomId: member.room_id }}
          variant="light"
          size="sm"
          leftSection={<IconMessageCircle size={18} aria-hidden />}
          aria-label={t("write_to", { name })}
        >
          {t("write")}
        </ButtonLink>
        <ButtonLink
          to="/appointments/book"
          search={{ doctor: member.account_id }}
          variant="default"
          size="sm"
          aria-label={t("book_with", { name })}
        >
          {t("book_short")}
        </ButtonLink>
      </Group>
    </Group>
  );
}
