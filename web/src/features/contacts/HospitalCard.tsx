import { Anchor, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconBuildingHospital, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Hospital } from "~/api/schema";
import { telephone } from "~/features/contacts/telephone";

/** The hospital itself, as far as it says something of itself. */
export function HospitalCard({ hospital }: { hospital: Hospital }) {
  const { t } = useTranslation("contacts");
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="hospital">
      <Stack gap="md">
        <Title order={2} size="h4" id="hospital">
          {t("hospital_title")}
        </Title>
        {hospital.name !== null && (
          <Group gap="sm" wrap="nowrap">
            <IconBuildingHospital size={20} aria-hidden />
            <Text fw={600}>{hospital.name}</Text>
          </Group>
        )}
        {hospital.phone === null ? (
          <Text c="dimmed">{t("hospital_no_phone")}</Text>
        ) : (
          <Group gap="sm" wrap="nowrap">
            <IconPhone size={20} aria-hidden />
            <Anchor href={telephone(hospital.phone)} underline="always">
              <bdi dir="ltr">{hospital.phone}</bdi>
            </Anchor>
          </Group>
        )}
        <Text size="sm" c="dimmed">
          {t("hospital_words")}
        </Text>
      </Stack>
    </Card>
  );
}
