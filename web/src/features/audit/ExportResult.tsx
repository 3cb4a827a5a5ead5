import { Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconFileDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { useErrorWords } from "~/ui/useErrorWords";
import { Notice } from "./Notice";
import type { ExportState } from "./useExport";

/** How far it has come; then how much it is, and whether that is all of it. */
export function ExportResult({ state }: { state: ExportState }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const words = useErrorWords("audit");
  if (state.status === "idle") return null;
  if (state.status === "running") {
    return <Text role="status">{t("export_running", { count: state.lines })}</Text>;
  }
  if (state.status === "failed") {
    const { error } = state;
    if (error instanceof ApiError && error.status < 500) {
      return <Notice color="red" role="alert" title={words(error)} />;
    }
    return <ErrorNotice error={error} />;
  }
  const { ending, name, url } = state;
  const download = (
    <Button
      component="a"
      href={url}
      download={name}
      size="xs"
      variant="default"
      leftSection={<IconFileDownload size={16} aria-hidden />}
    >
      {t("save_file")}
    </Button>
  );
  if (!ending.complete) {
    return (
      <Notice
        color="red"
        role="alert"
        icon={<IconAlertTriangle aria-hidden />}
        title={t("export_cut")}
      >
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{ending.why ?? t("export_cut_words")}</Text>
          {download}
        </Stack>
      </Notice>
    );
  }
  const { count, from, to } = ending.end;
  return (
    <Notice
      color="teal"
      role="status"
      icon={<IconCheck aria-hidden />}
      title={t("export_complete", { count })}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {t("export_range", { from: format.number(from), to: format.number(to) })}
        </Text>
        {download}
      </Stack>
    </Notice>
  );
}
