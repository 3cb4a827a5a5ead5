import { Button, type ButtonProps } from "@mantine/core";
import { IconStethoscope } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { toast } from "~/ui/toast";
import { useWriteErrorWords } from "~/ui/useErrorWords";
import { useOpenConsultation } from "./queries";

interface Props extends Pick<ButtonProps, "size" | "variant"> {
  appointmentId: string;
}

/** To the record of an appointment; where there is none yet, it is begun. */
export function StartConsultation({ appointmentId, ...style }: Props) {
  const { t } = useTranslation("consulting");
  const words = useWriteErrorWords("consulting");
  const navigate = useNavigate();
  const open = useOpenConsultation();
  const start = () =>
    open.mutate(appointmentId, {
      onSuccess: ({ consultation_id: consultationId }) =>
        void navigate({ to: "/consultations/$consultationId", params: { consultationId } }),
      onError: (error) => toast(words(error), true),
    });
  return (
    <Button
      {...style}
      leftSection={<IconStethoscope size={18} aria-hidden />}
      loading={open.isPending}
      onClick={start}
    >
      {t("open_consultation")}
    </Button>
  );
}
