import { Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** In place of lines that are on their way, in about their height. */
export function Placeholders({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation("audit");
  const places = Array.from({ length: rows }, (_, place) => `row ${place}`);
  return (
    <Stack gap="sm" role="status" aria-label={t("loading")} aria-busy="true">
      {places.map((place) => (
        <Skeleton key={place} height={52} />
      ))}
    </Stack>
  );
}
