import { Alert, type AlertProps } from "@mantine/core";
import alert from "~/ui/Alert.module.css";

/** A notice whose title can be read on its own colour. */
export function Notice(props: AlertProps & { role?: "alert" | "status" }) {
  return <Alert variant="light" classNames={{ title: alert.title ?? "" }} {...props} />;
}
