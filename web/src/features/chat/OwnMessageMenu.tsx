import { Menu } from "@mantine/core";
import { IconPencil, IconTrash, IconUserX } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/session/useSession";
import type { BubbleProps } from "./Bubble";
import { RetractDialog } from "./RetractDialog";
import { WrongPatientDialog } from "./WrongPatientDialog";

interface Props extends BubbleProps {
  target: ReactElement;
  onClose: () => void;
}

/** What authors can do with their message. */
export function OwnMessageMenu({ message, roomId, onEdit, target, onClose }: Props) {
  const { t } = useTranslation("chat");
  const { role } = useMe();
  const [asks, setAsks] = useState<"retract" | "wrong_patient" | null>(null);
  return (
    <>
      <Menu
        opened={asks === null}
        onClose={() => {
          if (asks === null) onClose();
        }}
        position="bottom-end"
      >
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={() => {
              onEdit(message);
              onClose();
            }}
          >
            {t("edit")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={18} aria-hidden />}
            closeMenuOnClick={false}
            onClick={() => setAsks("retract")}
          >
            {t("retract")}
          </Menu.Item>
          {role === "doctor" && (
            <Menu.Item
              leftSection={<IconUserX size={18} aria-hidden />}
              closeMenuOnClick={false}
              onClick={() => setAsks("wrong_patient")}
            >
              {t("wrong_patient")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asks === "retract" && <RetractDialog {...{ roomId, message, onClose }} />}
      {asks === "wrong_patient" && (
        <WrongPatientDialog roomId={roomId} number={message.number} onClose={onClose} />
      )}
    </>
  );
}
