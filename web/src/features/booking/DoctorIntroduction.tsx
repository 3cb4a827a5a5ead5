import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AvailabilityMark } from "~/features/booking/AvailabilityMark";
import { DoctorPicture } from "~/features/booking/DoctorPicture";
import { doctorQuery } from "~/features/booking/queries";
import { Fetched } from "~/ui/Fetched";
import rows from "~/ui/Rows.module.css";

/** Who a doctor is, in their own words. */
export function DoctorIntroduction({ doctorId }: { doctorId: string }) {
  const { t } = useTranslation("booking");
  const query = useQuery(doctorQuery(doctorId));
  return (
    <Fetched query={query} rows={1} rowHeight={120}>
      {(doctor) => (
        <Card withBorder padding="lg">
          <Group wrap="nowrap" align="flex-start" gap="md">
            <DoctorPicture doctor={doctor} size={72} />
            <Stack gap={4} flex={1} miw={0}>
              <Title order={2} size="h4" className={rows.name}>
                {doctor.name}
              </Title>
              {doctor.specialty !== null && <Text>{t(`specialty_${doctor.specialty}`)}</Text>}
              <AvailabilityMark availability={doctor.availability} />
              {doctor.bio !== null && (
                <Text c="dimmed" className={rows.words}>
                  <bdi>{doctor.bio}</bdi>
                </Text>
              )}
            </Stack>
          </Group>
        </Card>
      )}
    </Fetched>
  );
}
