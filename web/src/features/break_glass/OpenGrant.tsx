import { Button, Group, Stack, Text } from "@mantine/core";
import { IconLockOpen } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "~/api/schema";
import { Notice } from "~/features/audit/Notice";
import { auditKeys, forgetContent } from "~/features/audit/queries";
import { ButtonLink } from "~/ui/links";
import { WriteError } from "~/ui/WriteError";
import { useEndGrant } from "./queries";
import { clock, useTimeLeft } from "./useTimeLeft";

/** An open record, how long it still is, and the way to close it. Closes itself when it is over. */
export function OpenGrant({ grant, linked = false }: { grant: Grant; linked?: boolean }) {
  const { t } = useTranslation("break_glass");
  const left = useTimeLeft(grant.expires_at);
  const end = useEndGrant(grant.grant_id);
  useForgetWhenOver(left === 0);
  return (
    <Notice
      color="orange"
      icon={<IconLockOpen aria-hidden />}
      title={t("open_title", { name: grant.patient.name || t("erased_name") })}
    >
      <Stack gap="xs">
        <WriteError error={end.error} />
        <Text size="sm">{t("open_words")}</Text>
        <Group gap="sm">
          <Text
            size="lg"
            fw={650}
            role="timer"
            aria-label={t("time_left", { left: clock(left) })}
            style={{ fontVariantNumeric: "tabular-nums" }}
          >
            {t("time_left", { left: clock(left) })}
          </Text>
          {linked && (
            <ButtonLink
              to="/break-glass/$grantId"
              params={{ grantId: grant.grant_id }}
              size="xs"
              variant="default"
            >
              {t("go_to_record")}
            </ButtonLink>
          )}
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
            {t("end_now")}
          </Button>
        </Group>
      </Stack>
    </Notice>
  );
}

function useForgetWhenOver(over: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (!over) return;
    forgetContent(client);
    void client.invalidateQueries({ queryKey: auditKeys.grants });
  }, [over, client]);
}
