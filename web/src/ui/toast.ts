import { notifications } from "@mantine/notifications";
import i18next from "i18next";

/** Says in passing that something was done, or that it was not. It goes away by itself. */
export function toast(message: string, trouble = false): void {
  notifications.show({
    message,
    ...(trouble && { color: "red" }),
    closeButtonProps: { "aria-label": i18next.t("close") },
  });
}
