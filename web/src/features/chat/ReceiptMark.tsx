import { VisuallyHidden } from "@mantine/core";
import { IconCheck, IconChecks, IconClock, IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export type ReceiptState = "sending" | "sent" | "delivered" | "read";

const PICTURES = { sending: IconClock, sent: IconCheck, delivered: IconChecks, read: IconEye };

/** How far an own message has come. Each has a shape of its own, and words. */
export function ReceiptMark({ state }: { state: ReceiptState }) {
  const { t } = useTranslation("chat");
  const Picture = PICTURES[state];
  return (
    <span title={t(`receipt_${state}`)}>
      <Picture size={15} aria-hidden />
      <VisuallyHidden>{t(`receipt_${state}`)}</VisuallyHidden>
    </span>
  );
}
