import { Group, Stack, Text, Title } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Doctor } from "~/api/schema";
import { AvailabilityMark } from "~/features/booking/AvailabilityMark";
import { DoctorPicture } from "~/features/booking/DoctorPicture";
import { RowLink } from "~/ui/links";
import rows from "~/ui/Rows.module.css";

/** A doctor who was found; leads to their free times. */
export function DoctorCard({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation("booking");
  return (
    <RowLink to="/appointments/book" search={{ doctor: doctor.account_id }} p="md">
      <Group wrap="nowrap" gap="md">
        <DoctorPicture doctor={doctor} size={56} />
        <Stack gap={2} flex={1} miw={0}>
          <Title order={2} size="h5" className={rows.name}>
            {doctor.name}
          </Title>
          {doctor.specialty !== null && <Text size="sm">{t(`specialty_${doctor.specialty}`)}</Text>}
          <AvailabilityMark availability={doctor.availability} />
        </Stack>
        <IconChevronRight size={20} aria-hidden className={rows.onward} />
      </Group>
    </RowLink>
  );
}
