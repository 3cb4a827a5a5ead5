import { SegmentedControl, Stack } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AppointmentList } from "~/features/appointments/AppointmentList";
import { LISTS, type ListName } from "~/features/appointments/lists";
import { ButtonLink } from "~/ui/links";
import { Page } from "~/ui/Page";

/** All of a patient's appointments: what is to come first. */
export function AppointmentsPage() {
  const { t } = useTranslation("appointments");
  const { show = "upcoming" } = useSearch({ from: "/app/appointments" });
  const navigate = useNavigate();
  const choose = (value: string) =>
    navigate({ to: "/appointments", search: { show: value as ListName }, replace: true });
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <ButtonLink
          to="/appointments/book"
          leftSection={<IconCalendarPlus size={18} aria-hidden />}
        >
          {t("book")}
        </ButtonLink>
      }
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t("which")}
          value={show}
          onChange={choose}
          data={LISTS.map((value) => ({ value, label: t(`list_${value}`) }))}
          fullWidth
          maw={480}
        />
        <AppointmentList key={show} list={show} />
      </Stack>
    </Page>
  );
}
