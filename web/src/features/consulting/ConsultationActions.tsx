import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconDotsVertical,
  IconHistory,
  IconMessage,
  IconTrash,
  IconUser,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { MenuItemLink } from "~/ui/itemLinks";
import { ButtonLink } from "~/ui/links";
import { DeleteDialog } from "./DeleteDialog";
import { FieldHistory } from "./FieldHistory";

interface Props {
  consultation: Consultation;
  roomId: string | undefined;
}

/** What else there is to do around a consultation: its people, its history, its deletion. */
export function ConsultationActions({ consultation, roomId }: Props) {
  const { t } = useTranslation("consulting");
  const [history, showHistory] = useDisclosure();
  const [deletion, askDeletion] = useDisclosure();
  return (
    <>
      {roomId !== undefined && (
        <ButtonLink
          to="/messages/$roomId"
          params={{ roomId }}
          variant="default"
          leftSection={<IconMessage size={18} aria-hidden />}
        >
          {t("conversation")}
        </ButtonLink>
      )}
      <Button
        variant="default"
        leftSection={<IconHistory size={18} aria-hidden />}
        onClick={showHistory.open}
      >
        {t("history")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("more")}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItemLink
            to="/patients/$patientId"
            params={{ patientId: consultation.patient_id }}
            leftSection={<IconUser size={18} aria-hidden />}
          >
            {t("to_patient")}
          </MenuItemLink>
          <MenuItemLink
            to="/appointments/$appointmentId"
            params={{ appointmentId: consultation.appointment_id }}
            leftSection={<IconHistory size={18} aria-hidden />}
          >
            {t("to_appointment")}
          </MenuItemLink>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={18} aria-hidden />}
            onClick={askDeletion.open}
          >
            {t("delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FieldHistory consultation={consultation} opened={history} onClose={showHistory.close} />
      <DeleteDialog consultation={consultation} opened={deletion} onClose={askDeletion.close} />
    </>
  );
}
